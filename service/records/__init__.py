"""The rows, by noun. Rows remember; they decide nothing and never cross into `flows`."""

from service.records.answers import Note, PublishedItem, Rating
from service.records.breaks import BreakAnswer, BreakSession
from service.records.calls import Call
from service.records.consent import AuditEvent, ConsentEntry, Grant, SharingAsk, Suppression
from service.records.conversations import ScriptVersion, Session
from service.records.due import Due
from service.records.inbound import InboundEvent, Stranger
from service.records.operations import Switch, Trial, Watermark
from service.records.outbox import DeliveryEvent, OutboxItem, SenderPace
from service.records.pairing import Pair, PairMember
from service.records.people import Attempt, Bond, Person, PersonKey, Pin
from service.records.promises import Promise, PromiseCopy, PromiseEvent, PromiseRule
from service.records.screens import SafetyScreen

__all__ = [
    "Attempt",
    "AuditEvent",
    "Bond",
    "BreakAnswer",
    "BreakSession",
    "Call",
    "ConsentEntry",
    "DeliveryEvent",
    "Due",
    "Grant",
    "InboundEvent",
    "Note",
    "OutboxItem",
    "Pair",
    "PairMember",
    "Person",
    "PersonKey",
    "Pin",
    "Promise",
    "PromiseCopy",
    "PromiseEvent",
    "PromiseRule",
    "PublishedItem",
    "Rating",
    "SafetyScreen",
    "ScriptVersion",
    "SenderPace",
    "Session",
    "SharingAsk",
    "Stranger",
    "Suppression",
    "Switch",
    "Trial",
    "Watermark",
]
