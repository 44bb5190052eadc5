"""Who gets what at every place of the product: one table, and the world in which it holds.

A cell says what GET answers: a status, or where a redirect leads to: `login` (sign in first), `factor` (prove or set up
the second factor first), `again` (give the password or a code again first), `away` (somewhere else on the site). What a person may not see does not exist for them: 404.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import uuid4

from allauth.account.internal.flows import login as allauth_login
from django.conf import settings
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone
from wagtail.documents.models import Document
from wagtail.models import Locale

from assessments import refresher
from assessments.ending import submit_attempt
from assessments.examination import practising
from assessments.models import AnswerPicture, AnswerToMark, Attempt, ItemImport, ItemVersion, Quiz
from assessments.regrading import preview, regrade
from assessments.starting import start_attempt
from certificates.issuing import issue_certificate
from certificates.life import ask
from certificates.models import Certificate, CertificatePrint, Paper, SigningKey
from certificates.paper.design import PaperDesign
from certificates.sharing import share
from content.models import ContentVersion, TranslationImport
from content.packages.tickets import ticket_for
from courses.catalogue import catalogue
from courses.models import CoursePage, Enrolment
from people.models import Cohort, CohortMembership, PeopleImport, Person
from people.roles import grant_role
from tests.assessments import asking
from tests.assessments.test_assessments_marking import WRITTEN
from tests.content.packages.sending import library, ready, taken
from tests.factories import CohortFactory, EnrolmentFactory, PersonFactory, UnitFactory, observation_of, session_of
from training.services import assign
from training.sessions.attendance import Tick, tick

# officer: of immigration, enrolled, in the trainer's cohort. newcomer: of immigration, not enrolled. stranger: of
# police, for whom the course is not. other: a trainer of another cohort. half_in: a trainer who gave the password only.
# supervisor: of the officer's unit; named: the same, with names.
TABLE = """
place                                  anonymous officer newcomer stranger trainer other registrar lead  editor half_in translator subject assessor language master named supervisor auditor

home                                   away      away    away     away     away    away  away      away  away   away    away       away    away     away     away   away  away       away
healthz                                200       200     200      200      200     200   200       200   200    200     200        200     200      200      200    200   200        200
readyz                                 200       200     200      200      200     200   200       200   200    200     200        200     200      200      200    200   200        200
robots                                 200       200     200      200      200     200   200       200   200    200     200        200     200      200      200    200   200        200
security_txt                           404       404     404      404      404     404   404       404   404    404     404        404     404      404      404    404   404        404
media                                  login     200     200      200      200     200   200       200   200    factor  200        200     200      200      200    200   200        200
set_language                           405       405     405      405      405     405   405       405   405    405     405        405     405      405      405    405   405        405

account                                login     200     200      200      200     200   200       200   200    factor  200        200     200      200      200    200   200        200
account_contact                        login     200     200      200      200     200   200       200   200    factor  200        200     200      200      200    200   200        200
account_login                          200       away    away     away     away    away  away      away  away   away    away       away    away     away     away   away  away       away
account_logout                         away      200     200      200      200     200   200       200   200    200     200        200     200      200      200    200   200        200
account_slip                           200       200     200      200      200     200   200       200   200    200     200        200     200      200      200    200   200        200
account_slip_password                  away      away    away     away     away    away  away      away  away   away    away       away    away     away     away   away  away       away
account_sessions                       login     200     200      200      200     200   200       200   200    factor  200        200     200      200      200    200   200        200
account_sessions_end                   login     405     405      405      405     405   405       405   405    factor  405        405     405      405      405    405   405        405
account_inactive                       200       200     200      200      200     200   200       200   200    200     200        200     200      200      200    200   200        200
account_reauthenticate                 login     200     200      200      200     200   200       200   200    200     200        200     200      200      200    200   200        200
account_change_password                login     200     200      200      200     200   200       200   200    200     200        200     200      200      200    200   200        200
account_set_password                   login     away    away     away     away    away  away      away  away   factor  away       away    away     away     away   away  away       away
mfa_index                              login     200     200      200      200     200   200       200   200    200     200        200     200      200      200    200   200        200
mfa_authenticate                       login     away    away     away     away    away  away      away  away   away    away       away    away     away     away   away  away       away
mfa_login_webauthn                     200       away    away     away     away    away  away      away  away   away    away       away    away     away     away   away  away       away
account_directory                      404       404     404      404      404     404   404       404   404    404     404        404     404      404      404    404   404        404
account_directory_back                 404       404     404      404      404     404   404       404   404    404     404        404     404      404      404    404   404        404
mfa_reauthenticate                     login     again   again    again    200     200   200       200   200    again   200        200     200      200      200    200   200        200
mfa_reauthenticate_webauthn            login     again   again    again    again   again again     again again  again   again      again   again    again    again  again again      again
mfa_activate_totp                      login     again   again    again    again   again again     again again  again   again      again   again    again    again  again again      again
mfa_deactivate_totp                    login     404     404      404      again   again again     again again  factor  again      again   again    again    again  again again      again
mfa_view_recovery_codes                login     404     404      404      404     404   404       404   404    factor  404        404     404      404      404    404   404        404
mfa_generate_recovery_codes            login     again   again    again    again   again again     again again  factor  again      again   again    again    again  again again      again
mfa_download_recovery_codes            login     404     404      404      404     404   404       404   404    factor  404        404     404      404      404    404   404        404
mfa_add_webauthn                       login     again   again    again    again   again again     again again  again   again      again   again    again    again  again again      again
mfa_edit_webauthn                      login     again   again    again    again   again again     again again  factor  again      again   again    again    again  again again      again
mfa_remove_webauthn                    login     again   again    again    again   again again     again again  factor  again      again   again    again    again  again again      again

factors:waiting                        login     404     404      404      404     404   200       200   404    factor  404        404     404      404      404    404   404        404
factors:ask                            login     404     404      404      404     404   again     again 404    factor  404        404     404      404      404    404   404        404
factors:decide                         login     404     404      404      404     404   again     again 404    factor  404        404     404      404      404    404   404        404
pins:devices                           login     404     404      404      again   again again     404   404    factor  404        404     404      404      again  404   404        404
pins:end                               login     404     404      404      again   again again     404   404    factor  404        404     404      404      again  404   404        404
pins:set                               login     again   again    again    again   again again     again again  factor  again      again   again    again    again  again again      again
pins:sign_in                           login     login   login    login    login   login login     login login  login   login      login   login    login    login  login login      login
slips:choose                           login     404     404      404      200     200   200       404   404    factor  404        404     404      404      200    404   404        404
slips:print                            login     404     404      404      again   again again     404   404    factor  404        404     404      404      again  404   404        404
slips:person                           login     404     404      404      again   again again     404   404    factor  404        404     404      404      again  404   404        404
slips:withdraw                         login     404     404      404      again   again again     404   404    factor  404        404     404      404      again  404   404        404

courses:learn                          login     200     200      200      200     200   200       200   200    factor  200        200     200      200      200    200   200        200
courses:enrol                          login     405     405      405      405     405   405       405   405    factor  405        405     405      405      405    405   405        405
courses:read                           login     405     405      405      405     405   405       405   405    factor  405        405     405      405      405    405   405        405
courses:check                          login     405     405      405      405     405   405       405   405    factor  405        405     405      405      405    405   405        405
courses:activity_begin                 login     405     405      405      405     405   405       405   405    factor  405        405     405      405      405    405   405        405
courses:activity_events                login     405     405      405      405     405   405       405   405    factor  405        405     405      405      405    405   405        405
practice                               login     200     200      200      200     200   200       200   200    factor  200        200     200      200      200    200   200        200
practice_answer                        login     405     405      405      405     405   405       405   405    factor  405        405     405      405      405    405   405        405
practice_answered                      login     200     404      404      404     404   404       404   404    factor  404        404     404      404      404    404   404        404
examination:desk                       login     200     200      200      200     200   200       200   200    factor  200        200     200      200      200    200   200        200
examination:tour                       login     200     200      200      200     200   200       200   200    factor  200        200     200      200      200    200   200        200
examination:mirror                     login     200     200      200      200     200   200       200   200    factor  200        200     200      200      200    200   200        200
examination:reference                  login     200     200      200      200     200   200       200   200    factor  200        200     200      200      200    200   200        200
examination:cases                      login     200     200      200      200     200   200       200   200    factor  200        200     200      200      200    200   200        200
examination:case                       login     200     200      200      200     200   200       200   200    factor  200        200     200      200      200    200   200        200
examination:begin                      login     405     405      405      405     405   405       405   405    factor  405        405     405      405      405    405   405        405
examination:block                      login     200     404      404      404     404   404       404   404    factor  404        404     404      404      404    404   404        404
examination:trial                      login     200     404      404      404     404   404       404   404    factor  404        404     404      404      404    404   404        404
examination:answer                     login     405     405      405      405     405   405       405   405    factor  405        405     405      405      405    405   405        405
courses                                200       200     200      200      200     200   200       200   200    200     200        200     200      200      200    200   200        200
course                                 login     200     200      404      200     200   200       200   200    factor  200        200     200      200      200    200   200        200
module                                 login     200     200      404      200     200   200       200   200    factor  200        200     200      200      200    200   200        200
search                                 login     200     200      200      200     200   200       200   200    factor  200        200     200      200      200    200   200        200
glossary                               login     200     200      200      200     200   200       200   200    factor  200        200     200      200      200    200   200        200
lesson                                 login     200     away     404      200     200   200       200   200    factor  200        200     200      200      200    200   200        200
wagtail_serve                          200       200     200      200      200     200   200       200   200    200     200        200     200      200      200    200   200        200

assessments:quiz                       login     200     404      404      404     404   404       404   404    factor  404        404     404      404      404    404   404        404
assessments:attempt                    login     200     404      404      404     404   404       404   404    factor  404        404     404      404      404    404   404        404
assessments:steps                      login     405     405      405      405     405   405       405   405    factor  405        405     405      405      405    405   405        405
assessments:submit                     login     200     404      404      404     404   404       404   404    factor  404        404     404      404      404    404   404        404
assessments:blueprint                  login     404     404      404      404     404   404       200   404    factor  404        404     200      404      404    404   404        404
assessments:items                      login     404     404      404      404     404   404       200   404    factor  404        404     200      404      404    404   404        404
assessments:item                       login     404     404      404      404     404   404       200   404    factor  404        404     200      404      404    404   404        404
assessments:evidence                   login     404     404      404      404     404   404       200   404    factor  404        404     200      404      404    404   404        404
assessments:responses                  login     404     404      404      404     404   404       200   404    factor  404        404     200      404      404    404   404        404
assessments:take_over                  login     405     405      405      405     405   405       405   405    factor  405        405     405      405      405    405   405        405
assessments:add_pictures               login     405     405      405      405     405   405       405   405    factor  405        405     405      405      405    405   405        405
assessments:picture                    login     200     404      404      404     404   404       404   404    factor  404        404     404      404      404    404   404        404
assessments:marking                    login     404     404      404      200     200   404       200   404    factor  404        404     200      404      200    404   404        404
assessments:mark                       login     404     404      404      200     404   404       200   404    factor  404        404     200      404      404    404   404        404
assessments:exams                      login     404     404      404      404     404   404       200   404    factor  404        404     200      404      404    404   404        404
assessments:new_exam                   login     404     404      404      404     404   404       200   404    factor  404        404     200      404      404    404   404        404
assessments:rules                      login     404     404      404      404     404   404       200   404    factor  404        404     200      404      404    404   404        404
assessments:regrade                    login     404     404      404      404     404   404       200   404    factor  404        404     200      404      404    404   404        404
assessments:regrade_record             login     404     404      404      404     404   404       200   404    factor  404        404     404      404      404    404   404        404
assessments:grades                     login     404     404      404      404     404   200       200   404    factor  404        404     404      404      404    404   404        404
assessments:grade                      login     404     404      404      404     404   200       200   404    factor  404        404     404      404      404    404   404        404
assessments:exchange                   login     404     404      404      404     404   404       404   404    factor  404        404     200      404      404    404   404        404
assessments:export                     login     404     404      404      404     404   404       404   404    factor  404        404     200      404      404    404   404        404
assessments:arrival                    login     404     404      404      404     404   404       404   404    factor  404        404     200      404      404    404   404        404

certificates:mine                      login     200     200      200      200     200   200       200   200    factor  200        200     200      200      200    200   200        200
certificates:download                  login     200     404      404      404     404   404       404   404    factor  404        404     404      404      404    404   404        404
certificates:verify_form               200       200     200      200      200     200   200       200   200    200     200        200     200      200      200    200   200        200
certificates:verify                    200       200     200      200      200     200   200       200   200    200     200        200     200      200      200    200   200        200
certificates:transcript                login   200     200     200     200     200     200     200     200     factor  200     200     200     200     200     200     200     200
certificates:credential                login   200     404     404     404     404     404     404     404     factor  404     404     404     404     404     404     404     404
certificates:renew                     login   405     405     405     405     405     405     405     405     factor  405     405     405     405     405     405     405     405
certificates:share                     login   200     404     404     404     404     404     404     404     factor  404     404     404     404     404     404     404     404
certificates:unshare                   login   405     405     405     405     405     405     405     405     factor  405     405     405     405     405     405     405     405
certificates:offline                   200     200     200     200     200     200     200     200     200     200     200     200     200     200     200     200     200     200
certificates:worker                    200     200     200     200     200     200     200     200     200     200     200     200     200     200     200     200     200     200
certificates:keys                      200     200     200     200     200     200     200     200     200     200     200     200     200     200     200     200     200     200
certificates:key                       200     200     200     200     200     200     200     200     200     200     200     200     200     200     200     200     200     200
certificates:status_list               200     200     200     200     200     200     200     200     200     200     200     200     200     200     200     200     200     200
certificates:issuer                    200     200     200     200     200     200     200     200     200     200     200     200     200     200     200     200     200     200
certificates:achievement               200     200     200     200     200     200     200     200     200     200     200     200     200     200     200     200     200     200
certificates:shared                    200     200     200     200     200     200     200     200     200     200     200     200     200     200     200     200     200     200

certificate_office:certificates        login   404     404     404     404     404     200     200     404     factor  404     404     404     404     404     404     404     404
certificate_office:certificate         login   404     404     404     404     404     200     200     404     factor  404     404     404     404     404     404     404     404
certificate_office:pdf                 login   404     404     404     404     404     200     404     404     factor  404     404     404     404     404     404     404     404
certificate_office:correct             login   404     404     404     404     404     200     404     404     factor  404     404     404     404     404     404     404     404
certificate_office:ask                 login   404     404     404     404     404     200     200     404     factor  404     404     404     404     404     404     404     404
certificate_office:requests            login   404     404     404     404     404     200     200     404     factor  404     404     404     404     404     404     404     404
certificate_office:decide              login   405     405     405     405     405     405     405     405     factor  405     405     405     405     405     405     405     405
certificate_office:cohort              login   404     404     404     404     404     200     404     404     factor  404     404     404     404     404     404     404     404
certificate_office:issue               login   405     405     405     405     405     405     405     405     factor  405     405     405     405     405     405     405     405
certificate_office:ceremony            login   404     404     404     404     404     200     404     404     factor  404     404     404     404     404     404     404     404
certificate_office:print               login   404     404     404     404     404     200     404     404     factor  404     404     404     404     404     404     404     404
certificate_office:printed             login   404     404     404     404     404     200     404     404     factor  404     404     404     404     404     404     404     404
certificate_office:file                login   404     404     404     404     404     200     404     404     factor  404     404     404     404     404     404     404     404
certificate_office:rules               login   404     404     404     404     404     200     404     404     factor  404     404     404     404     404     404     404     404
certificate_office:rule_new            login   404     404     404     404     404     200     404     404     factor  404     404     404     404     404     404     404     404
certificate_office:rule                login   404     404     404     404     404     200     404     404     factor  404     404     404     404     404     404     404     404
certificate_office:design_new          login   404     404     404     404     404     200     404     404     factor  404     404     404     404     404     404     404     404
certificate_office:design              login   404     404     404     404     404     200     404     404     factor  404     404     404     404     404     404     404     404
certificate_office:preview             login   404     404     404     404     404     200     404     404     factor  404     404     404     404     404     404     404     404
certificate_office:publish             login   405     405     405     405     405     405     405     405     factor  405     405     405     405     405     405     405     405

training:desk                          login     404     404      404      200     200   200       200   404    factor  404        404     404      404      200    404   404        404
examination:table                      login     404     404      404      200     200   200       200   404    factor  404        404     404      404      200    404   404        404
examination:pack                       login     404     404      404      200     200   200       200   404    factor  404        404     404      404      200    404   404        404
training:cohort                        login     404     404      404      200     404   200       200   404    factor  404        404     404      404      200    404   404        404
training:documents                     login     404     404      404      200     404   200       200   404    factor  404        404     404      404      200    404   404        404
training:assign                        login     404     404      404      200     404   404       404   404    factor  404        404     404      404      404    404   404        404
training:allow                         login     404     404      404      200     404   404       404   404    factor  404        404     404      404      404    404   404        404
training:room                          login     404     404      404      200     404   200       200   404    factor  404        404     404      404      200    404   404        404
training:tickets                       login     404     404      404      200     404   200       404   404    factor  404        404     404      404      404    404   404        404
training:exception                     login     404     404      404      200     404   200       404   404    factor  404        404     404      404      404    404   404        404
training:plan_session                  login     404     404      404      200     404   404       404  404    factor  404        404     404      404      404    404   404        404
training:sessions                      login     404     404      404      200     200   200       200  404    factor  404        404     404      404      200    404   404        404
training:session_worker                login     404     404      404      200     200   200       200  404    factor  404        404     404      404      200    404   404        404
training:session                       login     404     404      404      200     404   200       200  404    factor  404        404     404      404      200    404   404        404
training:change_session                login     404     404      404      200     404   404       404  404    factor  404        404     404      404      404    404   404        404
training:cancel_session                login     404     404      404      200     404   404       404  404    factor  404        404     404      404      404    404   404        404
training:session_room                  login     404     404      404      200     404   404       404  404    factor  404        404     404      404      404    404   404        404
training:who                           login     404     404      404      200     404   404       404  404    factor  404        404     404      404      404    404   404        404
training:ticks                         login     405     405      405      405     405   405       405  405    factor  405        405     405      405      405    405   405        405
training:session_sheet                 login     404     404      404      200     404   200       200  404    factor  404        404     404      404      200    404   404        404
training:session_calendar              login     404     404      404      200     404   200       200  404    factor  404        404     404      404      200    404   404        404
training:attendance                    login     404     404      404      200     404   200       200  404    factor  404        404     404      404      200    404   404        404
training:own_session                   login     200     404      404      404     404   404       404  404    factor  404        404     404      404      404    404   404        404
training:own_session_calendar          login     200     404      404      404     404   404       404  404    factor  404        404     404      404      404    404   404        404
training:practice                      login     404     404      404      200     404   200       200  404    factor  404        404     404      404      200    404   404        404
training:observe                       login     404     404      404      200     404   404       404  404    factor  404        404     404      404      404    404   404        404
training:observation                   login     404     404      404      200     404   200       200  404    factor  404        404     404      404      200    404   404        404
training:own_observation               login     200     404      404      404     404   404       404  404    factor  404        404     404      404      404    404   404        404
training:accredit                      login     404     404      404      200     404   404       404  404    factor  404        404     404      404      404    404   404        404
training:accreditations                login     404     404      404      404     404   200       200  404    factor  404        404     404      404      200    404   404        404
training:masters                       login     404     404      404      404     404   404       200  404    factor  404        404     404      404      404    404   404        404
training:accreditation_rule            login     404     404      404      404     404   404       200  404    factor  404        404     404      404      404    404   404        404
training:withdraw                      login     404     404      404      404     404   404       200  404    factor  404        404     404      404      404    404   404        404
training:cascade                       login     404     404      404      404     404   404       200  404    factor  404        404     404      404      200    404   404        200
training:chain                         login     404     404      404      404     404   404       200  404    factor  404        404     404      404      200    404   404        404
training:new_group                     login     404     404      404      200     200   404       404  404    factor  404        404     404      404      200    404   404        404
training:ways                          login     404     404      404      200     404   404       404  404    factor  404        404     404      404      404    404   404        404
training:group_rule                    login     404     404      404      200     404   404       404  404    factor  404        404     404      404      404    404   404        404
training:door                          login     405     405      405      405     405   405       405  405    factor  405        405     405      405      405    405   405        405
training:enter                         login     200     200      200      200     200   200       200  200    factor  200        200     200      200      200    200   200        200
training:office                        login     404     404      404      404     404   200       200   404    factor  404        404     404      404      200    200   200        200

records:audit                          login     404     404      404      404     404   404       200   404    factor  404        404     404      404      404    404   404        200
records:export                         login     404     404      404      404     404   404       again 404    factor  404        404     404      404      404    404   404        again
records:own_record                     login     200     200      200      200     200   200       200   200    factor  200        200     200      200      200    200   200        200
records:own_data                       login     again   again    again    again   again again     again again  factor  again      again   again    again    again  again again      again
records:erasures                       login     404     404      404      404     404   200       404   404    factor  404        404     404      404      404    404   404        404
records:erase                          login     404     404      404      404     404   again     404   404    factor  404        404     404      404      404    404   404        404

packages_desk:list                     login     404     404      404      404     404   404       200   200    factor  404        404     404      404      404    404   404        404
packages_desk:send                     login     404     404      404      404     404   404       404   200    factor  404        404     404      404      404    404   404        404
packages_desk:arrival                  login     404     404      404      404     404   404       200   200    factor  404        404     404      404      404    404   404        404
packages_desk:package                  login     404     404      404      404     404   404       200   200    factor  404        404     404      404      404    404   404        404
packages_desk:version                  login     404     404      404      404     404   404       200   200    factor  404        404     404      404      404    404   404        404
packages_desk:preview                  login     405     405      405      405     405   405       405   405    factor  405        405     405      405      405    405   405        405
packages_desk:libraries                login     404     404      404      404     404   404       200   200    factor  404        404     404      404      404    404   404        404
packages_desk:library                  login     404     404      404      404     404   404       200   200    factor  404        404     404      404      404    404   404        404
packages:play                          404       404     404      404      404     404   404       404   404    404     404        404     404      404      404    404   404        404
packages:file                          404       404     404      404      404     404   404       404   404    404     404        404     404      404      404    404   404        404
packages:library                       404       404     404      404      404     404   404       404   404    404     404        404     404      404      404    404   404        404
packages:version_library               404       404     404      404      404     404   404       404   404    404     404        404     404      404      404    404   404        404
packages:bundle                        404       404     404      404      404     404   404       404   404    404     404        404     404      404      404    404   404        404

translation:desk                       login     404     404      404      404     404   404       200   200    factor  200        200     200      200      404    404   404        404
translation:text                       login     404     404      404      404     404   404       200   200    factor  200        200     200      200      404    404   404        404
translation:preview                    login     404     404      404      404     404   404       200   200    factor  200        200     200      200      404    404   404        404
translation:export                     login     404     404      404      404     404   404       200   200    factor  200        200     200      200      404    404   404        404
translation:receive                    login     404     404      404      404     404   404       404   200    factor  200        404     404      404      404    404   404        404
translation:arrival                    login     404     404      404      404     404   404       404   404    factor  200        404     404      404      404    404   404        404

exchange:imports                       login     404     404      404      404     404   200       404   404    factor  404        404     404      404      404    404   404        404
exchange:template                      login     404     404      404      404     404   200       404   404    factor  404        404     404      404      404    404   404        404
exchange:arrival                       login     404     404      404      404     404   200       404   404    factor  404        404     404      404      404    404   404        404
exchange:rows                          login     404     404      404      404     404   200       404   404    factor  404        404     404      404      404    404   404        404
exchange:exports                       login     404     404      404      404     404   200       200   404    factor  404        404     404      404      404    404   404        404
exchange:export                        login     404     404      404      404     404   again     again 404    factor  404        404     404      404      404    404   404        404

wagtaildocs_serve                      login     200     200      200      200     200   200       200   200    factor  200        200     200      200      200    200   200        200
wagtaildocs_authenticate_with_password login     404     404      404      404     404   404       404   404    factor  404        404     404      404      404    404   404        404

office:units                           login     404     404      404      404     404   200       200   404    factor  404        404     404      404      200    200   200        200
office:unit                            login     404     404      404      404     404   200       200   404    factor  404        404     404      404      200    200   200        200
office:unit_new                        login     404     404      404      404     404   200       404   404    factor  404        404     404      404      404    404   404        404
office:unit_edit                       login     404     404      404      404     404   200       404   404    factor  404        404     404      404      404    404   404        404
office:unit_close                      login     404     404      404      404     404   200       404   404    factor  404        404     404      404      404    404   404        404
office:unit_merge                      login     404     404      404      404     404   200       404   404    factor  404        404     404      404      404    404   404        404
office:people                          login     404     404      404      200     200   200       200   404    factor  404        404     404      404      200    200   404        404
office:person                          login     404     404      404      200     404   200       200   404    factor  404        404     404      404      200    200   404        404
office:person_new                      login     404     404      404      404     404   200       404   404    factor  404        404     404      404      404    404   404        404
office:person_edit                     login     404     404      404      404     404   200       404   404    factor  404        404     404      404      404    404   404        404
office:person_close                    login     404     404      404      404     404   200       404   404    factor  404        404     404      404      404    404   404        404
office:cohorts                         login     404     404      404      200     200   200       200   404    factor  404        404     404      404      200    404   404        404
office:cohort                          login     404     404      404      200     404   200       200   404    factor  404        404     404      404      200    404   404        404
office:cohort_new                      login     404     404      404      404     404   200       404   404    factor  404        404     404      404      404    404   404        404
office:cohort_edit                     login     404     404      404      404     404   200       404   404    factor  404        404     404      404      404    404   404        404
office:cohort_leave                    login     405     405      405      405     405   405       405   405    factor  405        405     405      405      405    405   405        405
office:roles                           login     404     404      404      404     404   200       200   404    factor  404        404     404      404      404    404   404        200
office:role_give                       login     404     404      404      404     404   200       200   404    factor  404        404     404      404      404    404   404        404
office:role_confirm                    login     405     405      405      405     405   405       405   405    factor  405        405     405      405      405    405   405        405
office:role_end                        login     404     404      404      404     404   200       200   404    factor  404        404     404      404      404    404   404        404
"""
# Wagtail's admin is one rule for all its places: tests/access/test_matrix.py walks them.
ADMIN = "admin/"

ROLES = TABLE.split("\n")[1].split()[1:]


def rows() -> dict[str, dict[str, str]]:
    """The table: place -> role -> cell."""
    lines = [line.split() for line in TABLE.strip().splitlines()[1:] if line]
    return {name: dict(zip(ROLES, cells, strict=True)) for name, *cells in lines}


# --- The places that there are ----------------------------------------------------------------------------------------

SAMPLES = {
    "int": "999999",
    "str": "x",
    "slug": "x",
    "path": "x",
    "uuid": "00000000-0000-4000-8000-000000000000",
}
REGULAR = {
    r"^(\d+)/revisions/compare/(live|earliest|\d+)\.\.\.(live|latest|\d+)/$": "999999/revisions/compare/live...live/",
    r"history/(?P<pk>.+)/revisions/compare/(?P<revision_id_a>live|earliest|\d+)\.\.\.(?P<revision_id_b>live|latest|\d+)/$": (
        "history/999999/revisions/compare/live...live/"
    ),
    r"^(\d+)/(.*)$": "999999/x.pdf",
    r"^((?:[\w\-]+/)*)$": "",
    r"^admin/password_reset/.+": "admin/password_reset/confirm/",
    "^.*/$": "no-such-place/",
    "^pages/": "pages/",
    "^documents/": "documents/",
    "^images/": "images/",
    r"^admin/localize/(?!jsi18n/).*": "admin/localize/reports/translations/",
}


@dataclass(frozen=True)
class Place:
    """A URL pattern. route: as the resolver has it; path: an address that it matches; name: with its namespaces."""

    route: str
    path: str
    name: str
    view: Any


def places(resolver: Any = None, route: str = "", path: str = "", spaces: str = "") -> Iterator[Place]:
    """Every URL pattern of the product."""
    for one in (resolver or get_resolver()).url_patterns:
        text = str(one.pattern)
        sample = path + (REGULAR[text] if text in REGULAR else _filled(text))
        if isinstance(one, URLResolver):
            inner = f"{spaces}{one.namespace}:" if one.namespace else spaces
            yield from places(one, route + text, sample, inner)
        elif isinstance(one, URLPattern):
            yield Place(route + text, "/" + sample, spaces + (one.name or ""), one.callback)


def _filled(route: str) -> str:
    """A route with its places for values filled. A new regular expression needs a line in REGULAR."""
    for part in ("(", "^", "$", "\\"):
        assert part not in route, f"say in REGULAR what {route} matches"
    while "<" in route:
        before, rest = route.split("<", 1)
        converter, after = rest.split(">", 1)
        route = before + SAMPLES[converter.split(":")[0] if ":" in converter else "str"] + after
    return route


# --- The world -----------------------------------------------------------------------------------------------------


UNIT_PLACES = {"unit": "", "unit_edit": "edit/", "unit_close": "close/", "unit_merge": "merge/"}
PERSON_PLACES = {"person": "", "person_edit": "edit/", "person_close": "close/", "role_give": "roles/new/"}


@dataclass
class World:
    """The people of the table, and what is the officer's."""

    people: dict[str, Person | None]
    cohort: Cohort
    enrolment: Enrolment
    attempt: Attempt
    certificate: Certificate
    document: Document
    paths: dict[str, str] = field(default_factory=dict)


def make_world() -> World:
    """The officer's open attempt and certificate, the trainer's cohort, a document, and one person of each role."""
    now = timezone.now()
    CoursePage.objects.update(audience=["immigration"])
    ContentVersion.advance()
    officer = PersonFactory(name_my="ဒေါ်သီတာလွင်", name_latin="Daw Thida Lwin")
    people: dict[str, Person | None] = {
        "anonymous": None,
        "officer": officer,
        "newcomer": PersonFactory(),
        "stranger": PersonFactory(unit=UnitFactory(agency="police")),
        "trainer": PersonFactory(trainer=True),
        "other": PersonFactory(trainer=True),
        "registrar": PersonFactory(registrar=True),
        "lead": PersonFactory(lead=True),
        "editor": PersonFactory(editor=True),
        "assessor": PersonFactory(assessor=True),
        "language": PersonFactory(language_reviewer=True),
        "master": PersonFactory(master=True),
        "named": PersonFactory(unit=officer.unit),
        "supervisor": PersonFactory(supervisor=True, unit=officer.unit),
        "auditor": PersonFactory(auditor=True),
        "translator": PersonFactory(translator=True),
        "subject": PersonFactory(subject=True),
        "half_in": PersonFactory(trainer=True),
    }
    grant = grant_role(
        people["named"], "supervisor", by=None, reason="test", starts_on=now.date(), unit=officer.unit, with_names=True
    )
    cohort = CohortFactory(trainer=people["trainer"], officers=[officer], name_en="The officer's group", name_my="")
    CohortFactory(trainer=people["other"], officers=1)
    CohortFactory(trainer=people["half_in"], officers=1)
    done = EnrolmentFactory(person=officer, status=Enrolment.Status.COMPLETED, completed_at=now)
    enrolment = EnrolmentFactory(person=officer, cohort=cohort)
    Quiz.objects.filter(kind=Quiz.Kind.EXAM).update(attempts_allowed=1)  # so that one more can be allowed
    course = catalogue("en").by_code["C1"]
    attempt = start_attempt(course.exam, officer, scope=enrolment.public_id, at=now)
    certificate = issue_certificate(done, at=now)
    shared = share(certificate, by=officer, at=now, until=timezone.localdate(now), with_name=True)
    doubted = ask(certificate, "revoked", by=people["lead"], reason="A doubt", at=now)
    printed = CertificatePrint.objects.create(
        cohort=cohort, asked_by=people["registrar"], total=1, done=1, file=b"%PDF-", made_at=now
    )
    paper = Paper.objects.create(name="Plain", draft=PaperDesign().to_dict())
    refresher.keep_cards(officer, ["M01.O1"], exam_pool=(), at=now - timedelta(days=3))
    turn = refresher.plan(officer, exam_pool=(), at=now).turns[0]
    answer = refresher.Answer(uuid4(), turn.card.public_id, turn.version.pk, ["a"])
    review = refresher.record(officer, answer, exam_pool=(), at=now)
    handed_in = submit_attempt(start_attempt(course.exam, officer, scope=done.public_id, at=now), at=now)
    item = ItemVersion.objects.get(pk=handed_in.paper["items"][0]["version"])
    seen = preview(course.exam, item, "credit")
    run = regrade(course.exam, item, "credit", digest=seen.digest, by=people["lead"], reason="Faulty", at=now)
    Quiz.objects.filter(pk=course.exam.pk).update(entry=Quiz.Entry.TICKET)  # so that tickets can be printed
    assign(cohort, course, by=people["trainer"], due_on=None, message="", at=now)
    session = session_of(cohort, people["trainer"])
    tick(session, [Tick(uuid4(), officer.public_id, "present")], by=people["trainer"], at=now)
    observed = observation_of(session, officer, people["trainer"])
    picture = AnswerPicture(attempt=attempt, place=0, width=1, height=1)
    picture.file.save("answer.webp", ContentFile(b"RIFF"))
    played = ready(by=people["editor"])
    refused = taken(b"PK", by=people["editor"])
    written = ItemVersion.objects.create(
        item_key=uuid4(), number=1, code="W", kind="written", use="exam", objective="M01.O1", difficulty=1, sha256="0",
        published_at=now, key=asking.key_of("written", WRITTEN), texts={"en": {"stem": "Why?", "feedback": "", **asking.texts_of("written", WRITTEN)}},
    )  # fmt: skip
    writer = PersonFactory(unit=officer.unit)
    CohortMembership.objects.create(cohort=cohort, person=writer, joined_at=now)
    theirs = submit_attempt(start_attempt(course.exam, writer, scope=uuid4(), at=now), at=now)
    to_mark = AnswerToMark.objects.create(attempt=theirs, place=0, version=written, since=now)
    document = Document(title="A guide")
    document.file.save("guide.pdf", ContentFile(b"%PDF-1.7 guide"))
    (settings.MEDIA_ROOT / "images").mkdir()
    (settings.MEDIA_ROOT / "images/map.png").write_bytes(b"\x89PNG")
    my = Locale.objects.get(language_code="my")
    came = TranslationImport.objects.create(locale=my, name="back.po", lines=[], made_by=people["translator"])
    en = Locale.objects.get(language_code="en")
    items = ItemImport.objects.create(locale=en, name="items.txt", drafts=[], notes=[], made_by=people["assessor"])
    brought = PeopleImport.objects.create(
        kind="people", name="people.xlsx", state="examined", brought_in_by=people["registrar"]
    )
    world = World(people, cohort, enrolment, attempt, certificate, document)
    block = practising.begin(officer, "decide", at=now)
    trial = practising.next_trial(block, at=now)
    practising.record(trial, practising.Given(uuid4(), ["answer:2"]), at=now)
    module, lesson = course.lessons[0]
    values = {
        "media": "/media/images/map.png",
        "factors:ask": f"/office/people/{people['trainer'].public_id}/second-factor/",
        "slips:print": f"/office/slips/print/?cohort={cohort.public_id}",
        "slips:person": f"/office/people/{people['newcomer'].public_id}/slip/",
        "slips:withdraw": f"/office/people/{people['newcomer'].public_id}/slip/withdraw/",
        "courses:enrol": f"/learn/courses/{course.key}/enrol/",
        "courses:read": f"/learn/lessons/{lesson.key}/read/",
        "courses:check": f"/learn/lessons/{lesson.key}/check/MIG-M01.O1-101/",
        "course": f"/my/courses/{course.slug}/",
        "module": f"/my/courses/{course.slug}/{module.slug}/",
        "lesson": f"/my/courses/{course.slug}/{module.slug}/{lesson.slug}/",
        "practice_answered": f"/practice/answers/{review.pk}/",
        "examination:block": f"/practice/documents/blocks/{block.public_id}/",
        "examination:trial": f"/practice/documents/trials/{trial.public_id}/",
        "examination:answer": f"/practice/documents/trials/{trial.public_id}/answer/",
        "examination:reference": "/practice/documents/reference/passport/UTO/1/",
        "examination:case": "/practice/documents/cases/7/",
        "training:documents": f"/teach/cohorts/{cohort.public_id}/documents/",
        "training:plan_session": f"/teach/cohorts/{cohort.public_id}/sessions/new/",
        "training:attendance": f"/teach/sessions/{session.public_id}/people/{officer.public_id}/",
        **{
            f"training:{name}": f"/teach/sessions/{session.public_id}/{end}"
            for name, end in {
                "session": "",
                "change_session": "change/",
                "cancel_session": "cancel/",
                "session_room": "room/",
                "who": "who/",
                "ticks": "ticks/",
                "session_sheet": "sheet.pdf",
                "session_calendar": "session.ics",
            }.items()
        },
        "training:practice": f"/teach/sessions/{session.public_id}/practice/",
        "training:observe": f"/teach/sessions/{session.public_id}/practice/{officer.public_id}/?rubric=R9&exercise=Round+1",
        "training:observation": f"/teach/observations/{observed.pk}/",
        "training:own_observation": f"/learn/observations/{observed.pk}/",
        "training:accredit": f"/teach/sessions/{session.public_id}/accredit/",
        "training:withdraw": f"/office/accreditations/{people['trainer'].accreditations.get().public_id}/withdraw/",
        "training:chain": f"/office/cascade/{officer.public_id}/",
        "training:ways": f"/teach/cohorts/{cohort.public_id}/ways/",
        "training:door": f"/teach/cohorts/{cohort.public_id}/door/",
        "training:group_rule": f"/teach/cohorts/{cohort.public_id}/rule/",
        "training:own_session": f"/learn/sessions/{session.public_id}/",
        "training:own_session_calendar": f"/learn/sessions/{session.public_id}/session.ics",
        "assessments:quiz": f"/quiz/{course.exam.public_id}/",
        "assessments:attempt": f"/attempt/{attempt.public_id}/",
        "assessments:steps": f"/attempt/{attempt.public_id}/steps/",
        "assessments:submit": f"/attempt/{attempt.public_id}/submit/",
        "assessments:item": "/office/items/MIG-M01.O1-101/",
        "assessments:evidence": f"/office/quizzes/{course.exam.public_id}/evidence/",
        "assessments:responses": f"/office/quizzes/{course.exam.public_id}/evidence/responses.csv",
        "assessments:add_pictures": f"/attempt/{attempt.public_id}/pictures/0/",
        "assessments:picture": f"/attempt/picture/{picture.public_id}/",
        "assessments:mark": f"/office/marking/{to_mark.public_id}/",
        "assessments:take_over": f"/attempt/{attempt.public_id}/take-over/",
        "assessments:rules": f"/office/exams/{course.exam.public_id}/",
        "assessments:regrade": f"/office/exams/{course.exam.public_id}/regrade/",
        "assessments:regrade_record": f"/office/exams/regrades/{run.public_id}/",
        "assessments:grade": f"/office/exams/attempts/{handed_in.public_id}/grade/",
        "training:room": f"/teach/cohorts/{cohort.public_id}/exams/{course.exam.public_id}/",
        "training:tickets": f"/teach/cohorts/{cohort.public_id}/exams/{course.exam.public_id}/tickets/",
        "training:exception": f"/teach/enrolments/{enrolment.public_id}/exams/{course.exam.public_id}/",
        "assessments:export": "/office/items/exchange/export/?format=gift&language=en",
        "assessments:arrival": f"/office/items/exchange/{items.public_id}/",
        "certificates:download": f"/certificates/{certificate.public_id}/pdf/",
        "certificates:verify": f"/verify/{certificate.code}/",
        **{
            f"certificates:{name}": f"/certificates/{certificate.public_id}/{name}/"
            for name in ("credential", "renew", "share")
        },
        "certificates:unshare": f"/certificates/{certificate.public_id}/share/{shared.public_id}/end/",
        "certificates:shared": shared.get_absolute_url(),
        "certificates:key": f"/verify/keys/{SigningKey.objects.first().kid}.json",
        "certificates:achievement": f"/verify/achievements/{certificate.rule.public_id}.json",
        "certificate_office:certificate": f"/office/certificates/{certificate.public_id}/",
        "certificate_office:pdf": f"/office/certificates/{certificate.public_id}/pdf/",
        "certificate_office:correct": f"/office/certificates/{certificate.public_id}/correct/",
        "certificate_office:ask": f"/office/certificates/{certificate.public_id}/ask/revoked/",
        "certificate_office:decide": f"/office/certificates/requests/{doubted.public_id}/",
        "certificate_office:cohort": f"/office/certificates/groups/{cohort.public_id}/",
        **{
            f"certificate_office:{name}": f"/office/certificates/groups/{cohort.public_id}/{name}/"
            for name in ("issue", "ceremony", "print")
        },
        "certificate_office:printed": f"/office/certificates/prints/{printed.public_id}/",
        "certificate_office:file": f"/office/certificates/prints/{printed.public_id}/pdf/",
        "certificate_office:rule": f"/office/certificates/rules/{certificate.rule.public_id}/",
        "certificate_office:design": f"/office/certificates/designs/{paper.public_id}/",
        "certificate_office:preview": f"/office/certificates/designs/{paper.public_id}/preview/",
        "certificate_office:publish": f"/office/certificates/designs/{paper.public_id}/publish/",
        "training:cohort": f"/teach/cohorts/{cohort.public_id}/",
        "training:assign": f"/teach/cohorts/{cohort.public_id}/assign/",
        "training:allow": f"/teach/enrolments/{enrolment.public_id}/allow/",
        "courses:activity_begin": f"/learn/lessons/{lesson.key}/activities/{uuid4()}/begin/",
        "courses:activity_events": f"/learn/activities/{uuid4()}/events/",
        "packages_desk:arrival": f"/office/packages/arrivals/{refused.public_id}/",
        "packages_desk:package": f"/office/packages/{played.package.public_id}/",
        "packages_desk:version": f"/office/packages/{played.package.public_id}/1/",
        "packages_desk:preview": f"/office/packages/{played.package.public_id}/1/preview/",
        "packages_desk:library": f"/office/packages/libraries/{library().public_id}/",
        # On the site's own host there are no packages, whatever the ticket (tests/content/packages/test_packages_serving.py).
        "packages:play": f"/package/{ticket_for(played)}/play/",
        "packages:file": f"/package/{ticket_for(played)}/file/content.json",
        "packages:library": f"/package/library/{library().tree.sha256}/quiz.css",
        "packages:version_library": f"/package/{ticket_for(played)}/library/H5P.FixtureQuiz-1.0/quiz.css",
        "packages:bundle": f"/package/bundle/css/{played.bundle}/",
        "translation:text": f"/office/translations/my/{lesson.key}/",
        "translation:preview": f"/office/translations/my/{lesson.key}/preview/",
        "translation:export": "/office/translations/export/?format=po&q=M01.L1",
        "translation:arrival": f"/office/translations/import/{came.public_id}/",
        **{f"office:{name}": f"/office/units/{officer.unit.public_id}/{rest}" for name, rest in UNIT_PLACES.items()},
        **{f"office:{name}": f"/office/people/{officer.public_id}/{rest}" for name, rest in PERSON_PLACES.items()},
        "office:cohort": f"/office/cohorts/{cohort.public_id}/",
        "office:cohort_edit": f"/office/cohorts/{cohort.public_id}/edit/",
        "office:role_confirm": f"/office/roles/{grant.public_id}/confirm/",
        "office:role_end": f"/office/roles/{grant.public_id}/end/",
        "exchange:template": "/office/import/template/people.xlsx",
        "exchange:arrival": f"/office/import/{brought.public_id}/",
        "exchange:rows": f"/office/import/{brought.public_id}/rows.xlsx",
        "exchange:export": "/office/export/people/",
        "records:erase": f"/office/erasures/{people['newcomer'].public_id}/",
        "wagtaildocs_serve": f"/documents/{document.pk}/{document.filename}",
    }
    world.paths = {place.name: values.get(place.name, place.path) for place in places()}
    return world


def client_of(person: Person | None, *, second_factor: bool = True, **kwargs: Any) -> Client:
    """A browser in which a person signed in just now: with the password, and with the second factor where one is asked."""
    client = Client(headers={"accept-language": "my"}, **kwargs)
    if person is None:
        return client
    client.force_login(person)
    session, now = client.session, timezone.now().timestamp()
    methods: list[dict[str, Any]] = [{"method": "password", "at": now, "username": person.service_number}]
    if person.is_office and second_factor:
        methods.append({"method": "mfa", "at": now, "type": "totp"})
    session[allauth_login.AUTHENTICATION_METHODS_SESSION_KEY] = methods
    session[allauth_login._AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(person.pk)
    session.save()
    return client


def confirmed(client: Client) -> Client:
    """The same browser after its person gave the password once more, just now."""
    session = client.session
    methods = session[allauth_login.AUTHENTICATION_METHODS_SESSION_KEY]
    methods.append({"method": "password", "at": timezone.now().timestamp(), "reauthenticated": True})
    session[allauth_login.AUTHENTICATION_METHODS_SESSION_KEY] = methods
    session.save()
    return client


def cell(response: Any) -> str:
    """What an answer is in the words of the table."""
    if response.status_code not in (301, 302):
        return str(response.status_code)
    target = response.headers["Location"].partition("?")[0]
    factor = ("/account/2fa/totp/activate/", "/account/2fa/reauthenticate/")
    if target == "/account/login/":
        return "login"
    if target == "/account/reauthenticate/":
        return "again"
    return "factor" if target in factor and response.wsgi_request.path not in factor else "away"
