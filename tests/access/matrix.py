"""Who gets what at every place of the product: one table. The world in which it holds is made in world.py.

A cell says what GET answers: a status, or where a redirect leads to: `login` (sign in first), `factor` (prove or set up
the second factor first), `again` (give the password or a code again first), `away` (somewhere else on the site). What a person may not see does not exist for them: 404.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from allauth.account.internal.flows import login as allauth_login
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone

from people.models import Person

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
courses:cards                          login     200     200      200      200     200   200       200   200    factor  200        200     200      200      200      200    200   200
courses:card_worker                    login     200     200      200      200     200   200       200   200    factor  200        200     200      200      200      200    200   200
courses:card                           login     200     200      404      200     200   200       200   200    factor  200        200     200      200      200      200    200   200
courses:card_paper                     login     200     200      404      200     200   200       200   200    factor  200        200     200      200      200      200    200   200
law                                    login     200     200      200      200     200   200       200   200    factor  200        200     200      200      200      200    200   200
law_entry                              login     200     200      200      200     200   200       200   200    factor  200        200     200      200      200      200    200   200
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
assessments:worker                     200       200     200      200      200     200   200       200   200    200     200        200     200      200      200      200    200   200
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
training:assignments                   login     404     404      404      200     404   200       200   404    factor  404        404     404      404      200    404   404        404
training:assignment                    login     404     404      404      200     404   200       200   404    factor  404        404     404      404      200    404   404        404
training:change_assignment             login     405     405      405      405     405   405       405  405    factor  405        405     405      405      405    405   405        405
training:end_assignment                login     404     404      404      200     404   404       404   404    factor  404        404     404      404      404    404   404        404
training:remind                        login     404     404      404      200     404   404       404   404    factor  404        404     404      404      404    404   404        404
training:progress_of                   login     404     404      404      200     404   200       200   404    factor  404        404     404      404      200    404   404        404
training:failed_items                  login     404     404      404      200     404   200       200   404    factor  404        404     404      404      200    404   404        404
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
training:session_tests                 login     404     404      404      200     404   200       200  404    factor  404        404     404      404      200    404   404        404
training:test_paper                    login     404     404      404      200     404   404       404  404    factor  404        404     404      404      404    404   404        404
training:test_letters                  login     404     404      404      200     404   404       404  404    factor  404        404     404      404      404    404   404        404
training:session_sheet                 login     404     404      404      200     404   200       200  404    factor  404        404     404      404      200    404   404        404
training:session_calendar              login     404     404      404      200     404   200       200  404    factor  404        404     404      404      200    404   404        404
training:guide                         login     404     404      404      200     404   200       200  404    factor  404        404     404      404      200    404   404        404
training:guide_paper                   login     404     404      404      200     404   200       200  404    factor  404        404     404      404      200    404   404        404
training:present                       login     404     404      404      200     404   200       200  404    factor  404        404     404      404      200    404   404        404
training:guides                        login     404     404      404      200     200   200       200  404    factor  404        404     404      404      200    404   404        404
training:module_guide                  login     404     404      404      200     200   200       200  404    factor  404        404     404      404      200    404   404        404
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
training:dilution                      login     404     404      404      404     404   404       200  404    factor  404        404     404      404      200    404   404        200
training:chain                         login     404     404      404      404     404   404       200  404    factor  404        404     404      404      200    404   404        404
training:new_group                     login     404     404      404      200     200   404       404  404    factor  404        404     404      404      200    404   404        404
training:ways                          login     404     404      404      200     404   404       404  404    factor  404        404     404      404      404    404   404        404
training:group_rule                    login     404     404      404      200     404   404       404  404    factor  404        404     404      404      404    404   404        404
training:door                          login     405     405      405      405     405   405       405  405    factor  405        405     405      405      405    405   405        405
training:enter                         login     200     200      200      200     200   200       200  200    factor  200        200     200      200      200    200   200        200
training:office                        login     404     404      404      404     404   200       200   404    factor  404        404     404      404      200    200   200        200
training:own_reaction                  login     200     404      404      404     404   404       404  404    factor  404        404     404      404      404    404   404        404
training:session_reactions             login     404     404      404      200     404   200       200  404    factor  404        404     404      404      200    404   404        404
training:own_behaviour                 login     200     404      404      404     404   404       404   404    factor  404        404     404      404      404    404   404        404
training:behaviour_due                 login     404     404      404      200     200   404       404   404    factor  404        404     404      404      200    200   404        404
training:report_behaviour              login     404     404      404      200     404   404       404   404    factor  404        404     404      404      404    200   404        404
training:evaluation                    login     404     404      404      404     404   200       200   404    factor  404        404     404      404      200    200   200        200
training:results                       login     404     404      404      404     404   200       200   404    factor  404        404     404      404      200    200   200        200
training:enter_results                 login     404     404      404      404     404   200       200   404    factor  404        404     404      404      404    404   404        404
training:correct_results               login     404     404      404      404     404   200       200   404    factor  404        404     404      404      404    404   404        404
training:course_evaluation             login     404     404      404      404     404   200       200   404    factor  404        404     404      404      200    200   200        200
training:report                        login     404     404      404      404     404   200       200   404    factor  404        404     404      404      200    200   200        200
training:targets                       login     404     404      404      404     404   200       200   404    factor  404        404     404      404      200    200   200        200
training:new_target                    login     404     404      404      404     404   404       200   404    factor  404        404     404      404      404    404   404        404
training:change_target                 login     404     404      404      404     404   404       200   404    factor  404        404     404      404      404    404   404        404
training:count_session                 login     404     404      404      200     404   404       404   404    factor  404        404     404      404      404    404   404        404

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

facts                                  login     404     404      404      404     404   404       200   200    factor  404        200     404      404      404      404    404   404
coverage:overview                      login     404     404      404      404     404   404       200   200    factor  404        200     404      404      404      404    404   404
coverage:competencies                  login     404     404      404      404     404   404       200   200    factor  404        200     404      404      404      404    404   404
coverage:curricula                     login     404     404      404      404     404   404       200   200    factor  404        200     404      404      404      404    404   404
coverage:reviews                       login     404     404      404      404     404   404       200   200    factor  404        200     404      404      404      404    404   404
coverage:languages                     login     404     404      404      404     404   404       200   200    factor  404        200     404      404      404      404    404   404
coverage:course                        login     404     404      404      404     404   404       200   200    factor  404        200     404      404      404      404    404   404
translation:desk                       login     404     404      404      404     404   404       200   200    factor  200        200     200      200      404    404   404        404
translation:doubtful                   login     404     404      404      404     404   404       200   200    factor  200        200     200      200      404    404   404        404
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
    r"^admin/(?:users|bulk/people)/": "admin/users/",
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
