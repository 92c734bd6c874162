from signals.models.attachments import Attachment, AttachmentKind
from signals.models.categories import Category
from signals.models.events import EventKind, SignalEvent
from signals.models.exports import Export, ExportForm
from signals.models.feedback import Feedback
from signals.models.imports import ReportImport
from signals.models.notes import Note
from signals.models.partners import PartnerKey, PartnerReport
from signals.models.reports import Channel, Report, Reporter, ReportKind
from signals.models.rules import RoutingRule
from signals.models.shares import Share
from signals.models.signals import Signal
from signals.models.tasks import Task
from signals.models.webhooks import DeliveryState, Happening, Webhook, WebhookDelivery
from signals.models.texts import StandardText

__all__ = [
    "Attachment",
    "AttachmentKind",
    "Category",
    "Channel",
    "DeliveryState",
    "EventKind",
    "Export",
    "ExportForm",
    "Feedback",
    "Happening",
    "Note",
    "PartnerKey",
    "PartnerReport",
    "Report",
    "ReportImport",
    "ReportKind",
    "Reporter",
    "RoutingRule",
    "Share",
    "Signal",
    "SignalEvent",
    "StandardText",
    "Task",
    "Webhook",
    "WebhookDelivery",
]
