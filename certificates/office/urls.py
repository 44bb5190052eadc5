"""The office's pages of certificates."""

from django.urls import path

from certificates.office import certificates, cohorts, designs, requests, rules

app_name = "certificate_office"
urlpatterns = [
    path("certificates/", certificates.certificates, name="certificates"),
    path("certificates/<uuid:public_id>/", certificates.certificate, name="certificate"),
    path("certificates/<uuid:public_id>/pdf/", certificates.pdf, name="pdf"),
    path("certificates/<uuid:public_id>/correct/", certificates.correct, name="correct"),
    path("certificates/<uuid:public_id>/ask/<str:kind>/", requests.ask, name="ask"),
    path("certificates/requests/", requests.requests, name="requests"),
    path("certificates/requests/<uuid:public_id>/", requests.decide, name="decide"),
    path("certificates/groups/<uuid:public_id>/", cohorts.cohort, name="cohort"),
    path("certificates/groups/<uuid:public_id>/issue/", cohorts.issue, name="issue"),
    path("certificates/groups/<uuid:public_id>/ceremony/", cohorts.ceremony, name="ceremony"),
    path("certificates/groups/<uuid:public_id>/print/", cohorts.print_out, name="print"),
    path("certificates/prints/<uuid:public_id>/", cohorts.printed, name="printed"),
    path("certificates/prints/<uuid:public_id>/pdf/", cohorts.file, name="file"),
    path("certificates/rules/", rules.rules, name="rules"),
    path("certificates/rules/new/", rules.new, name="rule_new"),
    path("certificates/rules/<uuid:public_id>/", rules.rule, name="rule"),
    path("certificates/designs/new/", designs.new, name="design_new"),
    path("certificates/designs/<uuid:public_id>/", designs.design, name="design"),
    path("certificates/designs/<uuid:public_id>/preview/", designs.preview, name="preview"),
    path("certificates/designs/<uuid:public_id>/publish/", designs.publish, name="publish"),
]
