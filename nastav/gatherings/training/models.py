"""Tables of training: what was held, and which mentors took part."""

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, synonym

from nastav import ru
from nastav.gatherings.models import Attendance, Gathering, participants
from nastav.people.models import Part


class Training(Gathering):
    """A training event of a school."""

    __tablename__ = "training"
    __table_args__ = (Index("ix_training_school_held", "school_id", "held_on"),)
    hours: Mapped[int]  # academic hours
    programme: Mapped[str] = mapped_column(String(300))
    leader: Mapped[str] = mapped_column(String(200), default="")
    document: Mapped[str] = mapped_column(String(200), default="")  # приказ, ведомость: № и дата

    def subject(self, present: int) -> str:
        """Return «обучение 15.12.2020, 3 участника»."""
        return f"обучение {ru.date_short(self.held_on)}, {participants(present)}"


class TrainingAttendance(Attendance):
    """A mentor who took part in a training."""

    gathering, part, event = Training, Part.MENTOR, "training"

    __tablename__ = "training_attendance"
    training_id: Mapped[int] = mapped_column(ForeignKey("training.id"), primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, index=True)
    gathering_id = synonym("training_id")
