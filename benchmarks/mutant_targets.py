"""What `benchmarks.mutants` puts faults in, and by which tests it looks whether they are noticed."""

from dataclasses import dataclass

MAP, MAP_TEST = "signals/workflow.py", "tests/signals/test_workflow_map.py"


@dataclass(frozen=True)
class Target:
    sources: tuple[str, ...]
    tests: tuple[str, ...]
    in_transactions: bool = False  # also what stands in functions that begin a transaction


TARGETS = {
    "workflow": Target((MAP,), (MAP_TEST, "tests/signals/test_workflow.py::TestStatusFollowsTasks")),
    "access": Target(
        ("teams/access.py",),
        ("tests/teams/test_access_ask.py", "tests/teams/test_access_sealed.py", "tests/teams/test_access.py"),
    ),
    "visibility": Target(
        ("signals/visibility.py",), ("tests/signals/test_visibility_table.py", "tests/signals/test_visibility.py")
    ),
    "sharing": Target(
        ("signals/models/shares.py", "signals/models/told.py"),
        (
            "tests/signals/test_share_rules.py",
            "tests/signals/test_handover_end.py::TestFallingAway",
            "tests/signals/test_signal_join.py::TestSecrecy",
        ),
    ),
    "handovers": Target(
        ("signals/models/handovers.py", "signals/models/handover_sight.py"),
        (
            "tests/signals/test_handover_refused.py",
            "tests/signals/test_handover_course.py",
            "tests/signals/test_handover_end.py",
            "tests/signals/test_handover.py::TestReferringOutside",
            "tests/signals/test_handover_retract.py",
            "tests/signals/test_handover_sight.py",
            "tests/signals/test_ending_undone.py",
            "tests/signals/test_level_fallen.py",
        ),
    ),
    "handing": Target(
        ("signals/handing.py",),
        (
            "tests/signals/test_handover_refused.py",
            "tests/signals/test_handover_course.py",
            "tests/signals/test_handover_end.py",
            "tests/signals/test_handover_sight.py",
            "tests/signals/test_handover.py::TestReferringOutside",
            "tests/signals/test_signal_join.py::TestSecrecy",
        ),
    ),
    "resting": Target(
        ("signals/models/resting.py",),
        ("tests/signals/test_waiting.py", "tests/signals/test_workflow.py::TestSignalTransitions"),
    ),
    "undoing": Target(
        ("signals/undoing.py",),
        (
            "tests/signals/test_ending_undone.py",
            "tests/signals/test_signal_steer.py::TestUndo",
            "tests/signals/test_signal_steer.py::TestUndoneClosing",
            "tests/signals/test_waiting.py::TestReopening",
        ),
    ),
    "correcting": Target(
        ("signals/models/corrected.py", "signals/correction.py", "signals/correcting.py"),
        ("tests/signals/test_correcting.py", "tests/signals/test_correcting_course.py"),
    ),
    "answered": Target(("signals/answered.py",), ("tests/signals/test_answered.py",)),
    "field": Target(
        tuple(
            f"signals/field/{name}.py"
            for name in ("delivering", "records", "sightings", "task_acts", "photos", "shifts", "keys")
        ),
        (
            "tests/field/test_record_read.py",
            "tests/field/test_record_once.py",
            "tests/field/test_sighting_register.py",
            "tests/field/test_task_overtake.py",
            "tests/field/test_photo_deliver.py",
            "tests/field/test_shift_start.py",
            "tests/field/test_key_rotate.py",
            "tests/field/test_record_deliver.py",
            "tests/field/test_reading.py",
            "tests/field/test_tablets.py",
            "tests/field/test_attack.py",
        ),
    ),
    "placing": Target(
        ("reservations/placing.py", "reservations/obstacles.py"),
        (
            "tests/reservations/test_placing.py",
            "tests/reservations/test_hold_meet.py",
            "tests/reservations/test_booking_meet.py",
            "tests/reservations/test_booking_guard.py",
        ),
        in_transactions=True,
    ),
    "closing": Target(
        ("reservations/closing.py", "reservations/covering.py", "reservations/spaces.py"),
        ("tests/reservations/test_closure_meet.py", "tests/reservations/test_closures_keep.py"),
        in_transactions=True,
    ),
    "openings": Target(
        ("reservations/openings.py", "reservations/timetable.py"),
        ("tests/reservations/test_openings_work_out.py",),
        in_transactions=True,
    ),
    "recurrence": Target(("reservations/recurrence.py",), ("tests/reservations/test_recurrence_dates.py",)),
    "prices": Target(
        tuple(f"reservations/prices/{name}.py" for name in ("money", "bands", "reckoning")),
        ("tests/reservations/test_prices_reckon.py",),
    ),
    "dividing": Target(("reservations/seasons/dividing.py",), ("tests/reservations/test_season_rule.py",)),
}
