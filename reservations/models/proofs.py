"""What the database itself holds of bookings and spaces, whoever writes: looked at when a transaction ends."""

import pgtrigger

# Of each booking that was touched. What is over is let be: its room may have been made anew since.
HAS_ITS_ROOM = """
    FOREACH booking IN ARRAY touched LOOP
        SELECT b.state IN ('held', 'in_treatment', 'confirmed', 'no_show'), b.ends <= now(),
            (SELECT count(*) FROM reservations_room_spaces m WHERE m.room_id = b.room_id),
            (SELECT count(*) FROM reservations_occupancy o WHERE o.booking_id = b.id),
            (SELECT count(*) FROM reservations_occupancy o
                JOIN reservations_room_spaces m ON m.room_id = b.room_id AND m.space_id = o.space_id
                WHERE o.booking_id = b.id AND lower(o.during) = b.starts AND upper(o.during) >= b.ends)
            INTO occupies, is_over, spaces, taken, rightly
            FROM reservations_booking b WHERE b.id = booking;
        IF FOUND AND (NOT occupies AND taken > 0
            OR occupies AND NOT is_over AND (spaces = 0 OR rightly <> spaces OR taken <> spaces)) THEN
            RAISE EXCEPTION 'Booking % has % of the % spaces of its room, % rightly', booking, taken, spaces, rightly
                USING ERRCODE = 'check_violation', CONSTRAINT = 'booking_has_its_room_whole';
        END IF;
    END LOOP;
    RETURN NULL;
"""
DECLARED = [
    ("touched", "uuid[]"), ("booking", "uuid"), ("occupies", "boolean"), ("is_over", "boolean"), ("spaces", "int"),
    ("taken", "int"), ("rightly", "int"),
]  # fmt: skip


def of_a_booking() -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name="has_its_room_whole",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.UpdateOf("state", "room_id", "starts", "ends"),
        timing=pgtrigger.Deferred,
        declare=DECLARED,
        func=f"touched := ARRAY[NEW.id]; {HAS_ITS_ROOM}",
    )


def of_an_occupancy() -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name="is_of_who_has_the_room",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        timing=pgtrigger.Deferred,
        declare=DECLARED,
        func=f"touched := array_remove(ARRAY[NEW.booking_id, OLD.booking_id], NULL); {HAS_ITS_ROOM}",
    )
