"""All pages, with their addresses and names."""

from django.contrib.auth.views import LogoutView
from django.urls import path, register_converter
from django.urls.converters import StringConverter

from laurels.web import (
    applications,
    assessing,
    badge,
    committee,
    definitions,
    desk,
    evidence,
    handing_in,
    own_evidence,
    public,
    rosters,
    same_file,
    sign_in,
    stacks,
    unit,
    verify,
)
from laurels.web.learning_urls import learning_pages
from laurels.web.teaching_urls import teaching_pages


class Number(StringConverter):
    """The number of a decision: nothing else is worth asking the database for."""

    regex = "[0-9A-Za-z.-]{1,20}"


register_converter(Number, "number")

public_pages = [
    path("", public.catalogue, name="catalogue"),
    path("micro-credentials/<slug:slug>", public.micro_credential, name="micro-credential"),
    path("units/<slug:slug>", public.unit, name="unit"),
    path("badges/<slug:badge_id>", badge.badge, name="badge"),
    path("badges/<slug:badge_id>/evidence", same_file.same_file, name="badge-evidence"),
    path("decisions/<number:number>", public.decision, name="decision"),
    path("evidence/<uuid:pk>", evidence.show, name="evidence"),
    path("verify", verify.verify, name="verify"),
    path("sign-in", sign_in.SignIn.as_view(), name="sign-in"),
    path("sign-in/sample", sign_in.demo_sign_in, name="demo-sign-in"),
    path("sign-in/password/<uidb64>/<token>", sign_in.ChoosePassword.as_view(), name="choose-password"),
    path("sign-out", LogoutView.as_view(), name="sign-out"),
]

unit_pages = [
    path("desk", desk.chooser, name="desk"),
    path("desk/units/<slug:slug>", unit.desk, name="unit-desk"),
    path("desk/units/<slug:slug>/authority", unit.begin_authority, name="authority-new"),
    path("desk/units/<slug:slug>/definitions", definitions.begin, name="definition-new"),
    path("desk/units/<slug:slug>/awards", unit.awards, name="awards"),
    path("desk/micro-credentials/<int:pk>/versions", definitions.begin_version, name="version-new"),
    path("desk/definitions/<int:pk>", definitions.edit, name="definition-edit"),
    path("desk/definitions/<int:pk>/apply", definitions.apply, name="definition-apply"),
    path("desk/definitions/<int:pk>/wreath.svg", definitions.preview, name="definition-wreath"),
    path("desk/versions/<int:pk>/roster", rosters.new, name="roster-new"),
    path("desk/versions/<int:pk>/roster.csv", rosters.template_file, name="roster-template"),
    path("desk/versions/<int:pk>/retire", rosters.retire, name="version-retire"),
    path("desk/rosters/<uuid:pk>", rosters.show, name="roster"),
    path("desk/rosters/<uuid:pk>/confirm", rosters.confirm, name="roster-confirm"),
    path("desk/rosters/<uuid:pk>/result.csv", rosters.result, name="roster-result"),
    path("desk/awards/<uuid:pk>/revoke", rosters.revoke, name="award-revoke"),
]

application_pages = [
    path("desk/applications/<int:pk>", applications.show, name="application"),
    path("desk/applications/<int:pk>/edit", applications.edit, name="application-edit"),
    path("desk/applications/<int:pk>/submit", applications.submit, name="application-submit"),
    path("desk/applications/<int:pk>/withdraw", applications.withdraw, name="application-withdraw"),
]

committee_pages = [
    path("desk/committee", committee.desk, name="committee-desk"),
    path("desk/applications/<int:pk>/interest", committee.declare, name="interest"),
    path("desk/applications/<int:pk>/remind", committee.remind, name="remind"),
    path("desk/applications/<int:pk>/tell-chair", committee.tell_chair, name="tell-chair"),
    path("desk/applications/<int:pk>/review", committee.review, name="review"),
    path("desk/applications/<int:pk>/changes", committee.changes, name="changes"),
    path("desk/applications/<int:pk>/decide", committee.decide, name="decide"),
]

stack_pages = [
    path("learn/stacks/<slug:slug>", stacks.progress, name="stack-progress"),
    path("learn/competencies", stacks.competencies, name="competencies"),
    path("desk/stacks", stacks.flags, name="stack-flags"),
    path("desk/stacks/<uuid:pk>", stacks.settle, name="stack-settle"),
]

assessing_pages = [
    path("desk/units/<slug:slug>/assessing", assessing.show, name="assessing"),
    path("desk/units/<slug:slug>/assessing/<uuid:pk>", assessing.assess, name="assess"),
    path("desk/units/<slug:slug>/assessing/second-looks/<int:pk>", assessing.moderate, name="moderate"),
    path("desk/units/<slug:slug>/assessing/appeals/<int:pk>", assessing.hear, name="hear-appeal"),
]

own_pages = [
    path("learn/<uuid:pk>/evidence", own_evidence.show, name="own-evidence"),
    path("learn/<uuid:pk>/evidence/new/<slug:kind>", own_evidence.add, name="own-evidence-new"),
    path("learn/<uuid:pk>/evidence/<uuid:piece>/seen-by", own_evidence.visibility, name="own-evidence-visibility"),
    path("learn/<uuid:pk>/evidence/<uuid:piece>/withdraw", own_evidence.withdraw, name="own-evidence-withdraw"),
    path("learn/<uuid:pk>/assessment", handing_in.show, name="own-assessment"),
    path("learn/<uuid:pk>/competencies/<int:competency>/hand-in", handing_in.hand_in, name="hand-in"),
    path("learn/<uuid:pk>/assessments/<uuid:assessment>/appeal", handing_in.appeal, name="appeal"),
]

urlpatterns = [
    *public_pages,
    *learning_pages,
    *teaching_pages,
    *unit_pages,
    *application_pages,
    *committee_pages,
    *assessing_pages,
    *own_pages,
    *stack_pages,
]
