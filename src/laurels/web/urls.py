"""All pages, with their addresses and names."""

from django.contrib.auth.views import LogoutView
from django.urls import path, register_converter
from django.urls.converters import StringConverter

from laurels.web import applications, badge, committee, definitions, desk, public, rosters, sign_in, unit, verify


class Number(StringConverter):
    """The number of a decision: nothing else is worth asking the database for."""

    regex = "[0-9A-Za-z.-]{1,20}"


register_converter(Number, "number")

public_pages = [
    path("", public.catalogue, name="catalogue"),
    path("micro-credentials/<slug:slug>", public.micro_credential, name="micro-credential"),
    path("units/<slug:slug>", public.unit, name="unit"),
    path("badges/<slug:badge_id>", badge.badge, name="badge"),
    path("decisions/<number:number>", public.decision, name="decision"),
    path("verify", verify.verify, name="verify"),
    path("sign-in", sign_in.SignIn.as_view(), name="sign-in"),
    path("sign-in/sample", sign_in.demo_sign_in, name="demo-sign-in"),
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
    path("desk/applications/<int:pk>/review", committee.review, name="review"),
    path("desk/applications/<int:pk>/changes", committee.changes, name="changes"),
    path("desk/applications/<int:pk>/decide", committee.decide, name="decide"),
]

urlpatterns = [*public_pages, *unit_pages, *application_pages, *committee_pages]
