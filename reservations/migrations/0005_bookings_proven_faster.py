import pgtrigger.migrations
from django.db import migrations


# Triggers of our own: those of pgtrigger try a setting in an inner block each time, which walks through everything that
# waits for the end of the transaction, and 12,000 bookings at once took half a minute.
CREATE = """
CREATE FUNCTION booking_must_have_its_room(booking uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    occupies boolean; is_over boolean; spaces int; taken int; rightly int;
BEGIN
    SELECT b.state IN ('held', 'in_treatment', 'confirmed', 'no_show'), b.ends <= now(),
        its.spaces, its.taken, its.rightly
        INTO occupies, is_over, spaces, taken, rightly
        FROM reservations_booking b, LATERAL (
            SELECT count(o.id) AS taken,
                (SELECT count(*) FROM reservations_room_spaces m WHERE m.room_id = b.room_id) AS spaces,
                count(*) FILTER (WHERE lower(o.during) = b.starts AND upper(o.during) >= b.ends AND EXISTS (
                    SELECT FROM reservations_room_spaces m WHERE m.room_id = b.room_id AND m.space_id = o.space_id
                )) AS rightly
            FROM reservations_occupancy o WHERE o.booking_id = b.id
        ) AS its
        WHERE b.id = booking;
    -- What is over is let be: its room may have been made anew since.
    IF FOUND AND (NOT occupies AND taken > 0
        OR occupies AND NOT is_over AND (spaces = 0 OR rightly <> spaces OR taken <> spaces)) THEN
        RAISE EXCEPTION 'Booking % has % of the % spaces of its room, % rightly', booking, taken, spaces, rightly
            USING ERRCODE = 'check_violation', CONSTRAINT = 'booking_has_its_room_whole';
    END IF;
END $$;

CREATE FUNCTION booking_has_its_room_whole() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM booking_must_have_its_room(NEW.id);
    RETURN NULL;
END $$;

CREATE FUNCTION occupancy_is_of_who_has_the_room() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'DELETE' AND NEW.booking_id IS NOT NULL THEN
        PERFORM booking_must_have_its_room(NEW.booking_id);
    END IF;
    IF TG_OP <> 'INSERT' AND OLD.booking_id IS NOT NULL THEN
        PERFORM booking_must_have_its_room(OLD.booking_id);
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER booking_has_its_room_whole
    AFTER INSERT OR UPDATE OF state, room_id, starts, ends ON reservations_booking
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION booking_has_its_room_whole();
CREATE CONSTRAINT TRIGGER occupancy_is_of_who_has_the_room
    AFTER INSERT OR UPDATE OR DELETE ON reservations_occupancy
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION occupancy_is_of_who_has_the_room();
"""
DROP = """
DROP TRIGGER booking_has_its_room_whole ON reservations_booking;
DROP TRIGGER occupancy_is_of_who_has_the_room ON reservations_occupancy;
DROP FUNCTION booking_has_its_room_whole();
DROP FUNCTION occupancy_is_of_who_has_the_room();
DROP FUNCTION booking_must_have_its_room(uuid);
"""


class Migration(migrations.Migration):

    dependencies = [
        ('reservations', '0004_bookings_have_their_room'),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name='booking',
            name='has_its_room_whole',
        ),
        pgtrigger.migrations.RemoveTrigger(
            model_name='occupancy',
            name='is_of_who_has_the_room',
        ),
        migrations.RunSQL(CREATE, DROP),
    ]
