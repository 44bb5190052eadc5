"""The office's pages of units, people and roles."""

from django.urls import path

from people.office import cohorts, persons, roles, units

app_name = "office"
urlpatterns = [
    path("units/", units.units, name="units"),
    path("units/new/", units.new, name="unit_new"),
    path("units/<uuid:public_id>/", units.unit, name="unit"),
    path("units/<uuid:public_id>/edit/", units.edit, name="unit_edit"),
    path("units/<uuid:public_id>/close/", units.close, name="unit_close"),
    path("units/<uuid:public_id>/merge/", units.merge, name="unit_merge"),
    path("people/", persons.people, name="people"),
    path("people/new/", persons.new, name="person_new"),
    path("people/<uuid:public_id>/", persons.person, name="person"),
    path("people/<uuid:public_id>/edit/", persons.edit, name="person_edit"),
    path("people/<uuid:public_id>/close/", persons.close, name="person_close"),
    path("people/<uuid:public_id>/roles/new/", roles.give, name="role_give"),
    path("cohorts/", cohorts.cohorts, name="cohorts"),
    path("cohorts/new/", cohorts.new, name="cohort_new"),
    path("cohorts/<uuid:public_id>/", cohorts.cohort, name="cohort"),
    path("cohorts/<uuid:public_id>/edit/", cohorts.edit, name="cohort_edit"),
    path("cohorts/<uuid:public_id>/members/<uuid:membership_id>/leave/", cohorts.leave, name="cohort_leave"),
    path("roles/", roles.roles, name="roles"),
    path("roles/<uuid:public_id>/confirm/", roles.confirm, name="role_confirm"),
    path("roles/<uuid:public_id>/end/", roles.end, name="role_end"),
]
