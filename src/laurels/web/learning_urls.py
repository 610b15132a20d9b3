"""The addresses of learners' pages."""

from django.urls import path

from laurels.web import accounts, calendars, correcting, enrolling, learner

open_pages = [
    path("sign-up", accounts.sign_up, name="sign-up"),
    path("sign-up/<str:token>", accounts.open_account, name="open-account"),
    path("offerings/<uuid:pk>", enrolling.offering, name="offering"),
    path("micro-credentials/<slug:slug>/alone", enrolling.alone, name="begin-alone"),
    path("learn/invitations/<uuid:pk>/<str:token>", enrolling.invitation, name="invitation"),
    path("calendar/<str:key>.ics", calendars.feed, name="calendar"),
]
learner_pages = [
    path("learn", learner.my_laurels, name="my-laurels"),
    path("learn/calendar", calendars.renew, name="calendar-renew"),
    path("learn/<uuid:pk>", learner.enrolment, name="enrolment"),
    path("learn/<uuid:pk>/accept", learner.accept, name="invitation-accept"),
    path("learn/<uuid:pk>/go-on", learner.go_on, name="go-on"),
    path("learn/<uuid:pk>/withdraw", learner.withdraw, name="enrolment-withdraw"),
    path("learn/<uuid:pk>/hours/<uuid:entry>/correct", correcting.correct, name="hours-correct"),
]
learning_pages = [*open_pages, *learner_pages]
