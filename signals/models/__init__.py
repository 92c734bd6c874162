from signals.models.attachments import Attachment, AttachmentKind
from signals.models.bulk import Act, Bulk, BulkRow, BulkState, RowState
from signals.models.categories import Category
from signals.models.deliveries import DeliveredPhoto, Delivery, DeliveryTrace, RecordKind, Result
from signals.models.dossiers import Dossier, DossierEntry, DossierNote
from signals.models.events import EventKind, SignalEvent
from signals.models.exports import Export, ExportForm
from signals.models.feedback import Feedback
from signals.models.handovers import Handover
from signals.models.imports import ReportImport
from signals.models.incoming import IncomingMail, MailState
from signals.models.joinings import Joining
from signals.models.lifted import ActionEvidence, AgendaSubject
from signals.models.mentions import Mention
from signals.models.notes import Note
from signals.models.partners import PartnerKey, PartnerReport
from signals.models.reports import Channel, Report, Reporter, ReportKind
from signals.models.rounds import PatrolRound, RoundActivity, RoundActivityKind
from signals.models.rules import RoutingRule
from signals.models.saved_filters import Column, InboxChoice, SavedFilter
from signals.models.shares import Share
from signals.models.signals import Signal
from signals.models.status_links import StatusLink
from signals.models.suggestions import SubjectLesson
from signals.models.tablets import CityKey, Order, Shift, Tablet
from signals.models.tags import SignalTag, Tag
from signals.models.tasks import Task
from signals.models.texts import StandardText
from signals.models.unproven import UnprovenAddress
from signals.models.webhooks import DeliveryState, Happening, Webhook, WebhookDelivery
from signals.models.words import Shelf, SignalWords

__all__ = [
    "Act",
    "ActionEvidence",
    "AgendaSubject",
    "Attachment",
    "AttachmentKind",
    "Bulk",
    "BulkRow",
    "BulkState",
    "Category",
    "Channel",
    "CityKey",
    "Column",
    "DeliveredPhoto",
    "Delivery",
    "DeliveryState",
    "DeliveryTrace",
    "Dossier",
    "DossierEntry",
    "DossierNote",
    "EventKind",
    "Export",
    "ExportForm",
    "Feedback",
    "Handover",
    "Happening",
    "InboxChoice",
    "IncomingMail",
    "Joining",
    "MailState",
    "Mention",
    "Note",
    "Order",
    "PartnerKey",
    "PartnerReport",
    "PatrolRound",
    "RecordKind",
    "Report",
    "ReportImport",
    "ReportKind",
    "Reporter",
    "Result",
    "RoundActivity",
    "RoundActivityKind",
    "RoutingRule",
    "RowState",
    "SavedFilter",
    "Share",
    "Shelf",
    "Shift",
    "Signal",
    "SignalEvent",
    "SignalTag",
    "SignalWords",
    "StandardText",
    "StatusLink",
    "SubjectLesson",
    "Tablet",
    "Tag",
    "Task",
    "UnprovenAddress",
    "Webhook",
    "WebhookDelivery",
]
