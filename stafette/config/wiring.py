"""Event → reaction, all on one page; the navigation is in bars.py. Nobody else calls react() or register()."""

from django.utils.translation import gettext_lazy as _

from stafette.accounts import extra_grants, handover
from stafette.arrivals import reactions as arrival_reactions
from stafette.arrivals.queries.known import known_facts
from stafette.audit.reading import ask_when, when_in_vain
from stafette.audit.record import react
from stafette.casework.leaving import SEALED_NOTES
from stafette.casework.panels import household_panel as sealed_panel
from stafette.casework.panels import officer_panel as sealed_desk
from stafette.casework.panels import team_panel as sealed_team_panel
from stafette.config import bars
from stafette.config.reading_pages import PAGES
from stafette.directory.panels import topic_panel as directory_topic
from stafette.intake.copying import answer_words, material_words, question_words
from stafette.intake.known import register_known
from stafette.intake.leaving import OPEN_TALKS
from stafette.intake.panels import household_panel as talks_panel
from stafette.materials.panels import upkeep_panel as materials_upkeep
from stafette.notices import opening
from stafette.notices import reactions as notice_reactions
from stafette.notices.models import ChildNotice, OutboundNotice
from stafette.notices.panels import figures_panel as notices_figures
from stafette.notices.panels import household_panel as notices_panel
from stafette.notices.panels import officer_panel as notices_desk
from stafette.outbox.panels import account_marks, account_panel
from stafette.oversight import panels as oversight_panels
from stafette.oversight.alerts import searched_in_vain
from stafette.oversight.asking import quiet_files
from stafette.partners import reactions as partner_reactions
from stafette.partners.models import PartnerRequest
from stafette.partners.panels import follow_up_panel, referral_panel, today_in_house_panel
from stafette.partners.panels import household_panel as partners_panel
from stafette.partners.queries import agreed_with_unit
from stafette.partners.refusals import refusal_in
from stafette.portal.panels import upkeep_panel as portal_remarks
from stafette.properties.leaving import OPEN_HINTS
from stafette.protection.desk import consents_panel
from stafette.protection.exports import list_was_exported
from stafette.protection.knowing import register_received
from stafette.protection.panels import knows_panel
from stafette.protection.panels import unit_panel as protection_unit
from stafette.referrals import batons, deadlines
from stafette.referrals import reactions as referral_reactions
from stafette.referrals.batons import BatonKind
from stafette.referrals.knowing import received_about
from stafette.referrals.leaving import open_batons
from stafette.referrals.models import CaseTransfer, FollowUp, Referral, Task
from stafette.referrals.objecting import register_objections
from stafette.referrals.panels import duties_panel, household_panel, path_panel
from stafette.reports.counting import count_hints
from stafette.reports.panels import officer_panel as reports_panel
from stafette.retention import reactions as retention_reactions
from stafette.retention.asked import asked_rows
from stafette.retention.panels import household_panel as retention_panel
from stafette.retention.panels import officer_panel as retention_desk
from stafette.retention.panels import unit_panel as retention_unit
from stafette.rights.erasing import register_takes
from stafette.rights.meanings import register_words
from stafette.rights.models import CorrectionProposal, SubjectRequest
from stafette.rights.panels import household_panel as rights_panel
from stafette.rights.panels import officer_panel as rights_officer_panel
from stafette.rights.panels import person_panel as rights_person_panel
from stafette.rights.panels import unit_panel as rights_unit
from stafette.rights.queries import disputed_marks, objected_since
from stafette.upkeep import reactions as upkeep_reactions
from stafette.upkeep.panels import figures_panel as upkeep_figures
from stafette.web import banners, exports, jobs, marks, panels, readings
from stafette.web.watching.counting import register_counter


def connect() -> None:
    """Tie the rooms together; called once when all apps are loaded."""
    react("consent.withdrawn", referral_reactions.consent_withdrawn)
    react("consent.withdrawn", partner_reactions.consent_withdrawn)
    react("mail.bounced", partner_reactions.mail_bounced)
    react("partner_request.opened", partner_reactions.link_was_opened)
    react("partner_request.unlocked", partner_reactions.link_was_opened)
    react("interview.finished", arrival_reactions.talk_was_held)
    react("unit.work_handed_over", referral_reactions.work_handed_over)
    react("file.closed", referral_reactions.file_closed)
    react("file.readers_named", referral_reactions.file_closed)
    for kind in (*referral_reactions.AT_RECEIVER, *referral_reactions.AT_SENDER):
        react(kind, referral_reactions.step_was_taken)
    for kind in referral_reactions.AT_OTHER_LEAD:
        react(kind, referral_reactions.lead_was_moved)
    react("task.given", referral_reactions.task_was_given)
    handover.register_source(open_batons)
    handover.register(OPEN_HINTS)
    handover.register(OPEN_TALKS)
    handover.register_alone(SEALED_NOTES)
    register_known(known_facts)
    panels.register("household", talks_panel, order=10)
    panels.register("household", household_panel, order=20)
    panels.register("household", partners_panel, order=40)
    panels.register("household", knows_panel, order=45)
    panels.register("household", notices_panel, order=60)
    panels.register("officer", notices_desk, order=20)
    panels.register("steering", notices_figures, order=30)
    panels.register("officer", consents_panel, order=30)
    extra_grants.register(opening.running_extras)
    banners.register(opening.banners)
    react("deadlines.run", notice_reactions.deadlines_were_run)
    panels.register("household", duties_panel, order=30)
    panels.register("household", path_panel, order=15)
    panels.register("household", sealed_panel, order=50)
    panels.register("team", sealed_team_panel, order=10)
    panels.register("officer", sealed_desk, order=55)
    panels.register("household", rights_panel, order=60)
    panels.register("person", rights_person_panel, order=60)
    panels.register("officer", rights_officer_panel, order=10)
    panels.register("follow_up", follow_up_panel, order=10)
    panels.register("referral", referral_panel, order=10)
    panels.register("counter", today_in_house_panel, order=10)
    deadlines.register_agreed(agreed_with_unit)
    panels.register("account", account_panel, order=10)
    marks.register("account", account_marks)
    marks.register("person_fields", disputed_marks)
    exports.register(list_was_exported)
    register_received(received_about)
    register_counter(count_hints)
    panels.register("officer", reports_panel, order=90)
    panels.register("upkeep", materials_upkeep, order=40)
    panels.register("upkeep", portal_remarks, order=20)
    panels.register("aids", directory_topic, order=10)
    jobs.at_start("stafette.referrals.tasks.watch_deadlines")
    jobs.at_start("stafette.outbox.tasks.pack")
    jobs.at_start("stafette.protection.tasks.watch_consents")
    readings.register(PAGES)
    ask_when(quiet_files)
    when_in_vain(searched_in_vain)
    panels.register("officer", oversight_panels.breaches_panel, order=5)
    panels.register("officer", oversight_panels.samples_panel, order=60)
    panels.register("officer", oversight_panels.fields_panel, order=70)
    panels.register("officer", oversight_panels.accounts_panel, order=80)
    react("request.erasure_granted", retention_reactions.erasure_granted)
    register_takes(asked_rows)
    register_objections(objected_since)
    register_words("intake.Answer", "question", question_words)
    register_words("intake.Answer", "value", answer_words)
    register_words("intake.Handout", "material", material_words)
    panels.register("household", retention_panel, order=70)
    panels.register("unit", protection_unit, order=5)
    panels.register("unit", rights_unit, order=10)
    panels.register("unit", retention_unit, order=20)
    panels.register("officer", retention_desk, order=50)
    jobs.at_start("stafette.retention.tasks.purge")
    jobs.at_start("stafette.oversight.tasks.watch_clocks")
    jobs.at_start("stafette.oversight.tasks.draw_samples")
    _upkeep()
    _batons()
    bars.stand()


def _upkeep() -> None:
    """What keeps the directory true: confirmations, mails that come back, and what the work of the units tells."""
    react("service.confirmed", upkeep_reactions.service_confirmed)
    react("entry.proposed", upkeep_reactions.entry_proposed)
    react("mail.bounced", upkeep_reactions.mail_bounced)
    react("referral.accepted", upkeep_reactions.referral_accepted)
    for kind in ("referral.declined", "referral.returned"):
        react(kind, upkeep_reactions.referral_refused)
    react("partner_request.answered", upkeep_reactions.reaction_to_answers(refusal_in))
    panels.register("steering", upkeep_figures, order=20)
    jobs.at_start("stafette.upkeep.tasks.ask_providers")
    jobs.at_start("stafette.portal.tasks.forget")
    jobs.at_start("stafette.directory.tasks.complete_index")


def _batons() -> None:
    """Every kind of open thing: the deadline run, the audit, hand-overs and leaving work on these."""
    sides = (("from_unit", "sender_user"), ("to_unit", "receiver_user"))
    batons.register(BatonKind("referral", _("Übergabe"), _("Übergaben"), Referral, "referrals:detail", sides))
    batons.register(
        BatonKind(
            "follow_up",
            _("Nachverfolgung"),
            _("Nachverfolgungen"),
            FollowUp,
            "referrals:follow_up",
            about="household__label",
        )
    )
    batons.register(BatonKind("task", _("Aufgabe"), _("Aufgaben"), Task, "referrals:task", about="title"))
    batons.register(
        BatonKind(
            "transfer",
            _("Wechsel der Federführung"),
            _("Wechsel der Federführung"),
            CaseTransfer,
            "referrals:transfer",
        )
    )
    batons.register(
        BatonKind(
            "partner_request",
            _("Anfrage an einen Partner"),
            _("Anfragen an Partner"),
            PartnerRequest,
            "partners:request",
            about="partner__name",
        )
    )
    batons.register(
        BatonKind("child_notice", _("Kinderschutz"), _("Kinderschutz"), ChildNotice, "notices:child")
    )
    batons.register(
        BatonKind(
            "outbound_notice",
            _("Mitteilung nach § 87 AufenthG"),
            _("Mitteilungen nach § 87 AufenthG"),
            OutboundNotice,
            "notices:outbound",
        )
    )
    batons.register(
        BatonKind(
            "subject_request",
            _("Antrag einer betroffenen Person"),
            _("Anträge von Betroffenen"),
            SubjectRequest,
            "rights:request",
        )
    )
    batons.register(
        BatonKind(
            "correction_proposal",
            _("Vorschlag einer Berichtigung"),
            _("Vorschläge von Berichtigungen"),
            CorrectionProposal,
            "rights:proposal",
        )
    )
