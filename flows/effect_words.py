"""What a turn caused, in the few words a golden transcript has for it. Private words show there only as `note kept`."""

from __future__ import annotations

from flows.conversation import effects as e


def in_words(effect: e.Effect, local_date: str) -> list[str]:
    """One line per thing caused; `local_date` is the day it is for the person, so that another day is named."""
    match effect:
        case e.KeepRating():
            return _rating(effect, local_date)
        case e.KeepNote():
            return ["note kept"]
        case e.KeepSetting(key, value):
            return [f"setting {key} {value}"]
        case e.RecordConsent(act, subject, wording):
            return [f"consent {act} {subject} {wording}"]
        case e.SealScreen():  # what was answered shows nowhere
            return ["screen sealed"]
        case e.PlanScript(script, days, minutes):
            return [f"planned {script} in {f'{days} d' if days else f'{minutes} min'}"]
        case e.StartBreak(back_at, tells):
            return [f"break until {_minute(back_at)}{', told' if tells else ''}"]
        case e.ExtendBreak(back_at):
            return [f"break longer, until {_minute(back_at)}"]
        case e.AnswerReturn(body, _):
            return [f"return {body:g}"]
        case e.ChooseTalk(choice, _):
            return [f"talk {choice}"]
        case e.HoldBack(for_date):
            return [f"held back {for_date}"]
        case e.MakePromise(_, due, code, level, _, rule, _):
            return [f"promise {code} made, due {due}, who hears {level}{f', {rule}' if rule else ''}"]
        case e.MovePromise(code, due, _):
            return [f"promise {code} moved to {due}"]
        case e.LowerPromise(code, level):
            return [f"promise {code} lowered to {level}"]
        case e.DelayNotice(code):
            return [f"promise {code}, the other's reminder a day later"]
        case e.EndRepeats(code):
            return [f"promise {code} repeats no more"]
        case e.ReportPromise(code, outcome):
            return [f"promise {code} reported {outcome}"]
        case e.KeepReason(code, reason):
            return [f"promise {code} reason {reason}, kept private"]
        case e.TellAbout(code, reason):
            return [f"promise {code} told, reason {reason or 'left out'}"]
        case e.DropPromise(code):
            return [f"promise {code} let go"]
        case _:
            return [_plain(effect)]


def _rating(effect: e.KeepRating, local_date: str) -> list[str]:
    about = f" for {effect.for_date}" if effect.for_date not in {"", local_date} else ""
    late = " late" if effect.is_late else ""
    return [f"{effect.item} {effect.value:g}{about}{late}", *(["note kept"] if effect.note else [])]


def _minute(at: str) -> str:
    return at[:16].replace("T", " ")


def _plain(effect: e.Effect) -> str:
    """The effect by the name that scripts use, with its values."""
    name = next(name for name, kind in e.EFFECTS.items() if kind is type(effect)).replace("_", " ")
    values = [str(getattr(effect, each)) for each in effect.__dataclass_fields__]
    return " ".join([name, *values]).strip()
