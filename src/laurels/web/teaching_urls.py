"""The addresses of teaching."""

from django.urls import path

from laurels.web import confirming, meetings, teaching

teaching_pages = [
    path("desk/units/<slug:slug>/training", teaching.training, name="training"),
    path("desk/units/<slug:slug>/training/new", teaching.new, name="offering-new"),
    path("desk/units/<slug:slug>/training/hours", confirming.hours, name="hours-waiting"),
    path("desk/units/<slug:slug>/training/hours/<uuid:pk>/return", confirming.give_back, name="hours-return"),
    path("desk/units/<slug:slug>/training/ready", confirming.ready, name="awards-ready"),
    path("desk/offerings/<uuid:pk>", teaching.offering, name="teach-offering"),
    path("desk/offerings/<uuid:pk>/edit", teaching.edit, name="offering-edit"),
    path("desk/offerings/<uuid:pk>/staff", teaching.staff, name="offering-staff"),
    path("desk/offerings/<uuid:pk>/invite", teaching.invite, name="offering-invite"),
    path("desk/offerings/<uuid:pk>/cancel", teaching.cancel, name="offering-cancel"),
    path("desk/offerings/<uuid:pk>/end", teaching.end, name="offering-end"),
    path("desk/offerings/<uuid:pk>/roster", confirming.roster, name="teach-roster"),
    path("desk/offerings/<uuid:pk>/meetings", meetings.plan, name="meeting-plan"),
    path("desk/meetings/<uuid:pk>", meetings.attendance, name="attendance"),
    path("desk/meetings/<uuid:pk>/move", meetings.move, name="meeting-move"),
    path("desk/meetings/<uuid:pk>/cancel", meetings.cancel, name="meeting-cancel"),
    path("desk/enrolments/<uuid:pk>/no-show", teaching.no_show, name="no-show"),
]
