import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('reservations', '0003_photos'),
    ]

    operations = [
        pgtrigger.migrations.AddTrigger(
            model_name='booking',
            trigger=pgtrigger.compiler.Trigger(name='has_its_room_whole', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', declare='DECLARE touched uuid[]; booking uuid; occupies boolean; is_over boolean; spaces int; taken int; rightly int;', func="touched := ARRAY[NEW.id]; \n    FOREACH booking IN ARRAY touched LOOP\n        SELECT b.state IN ('held', 'in_treatment', 'confirmed', 'no_show'), b.ends <= now(),\n            (SELECT count(*) FROM reservations_room_spaces m WHERE m.room_id = b.room_id),\n            (SELECT count(*) FROM reservations_occupancy o WHERE o.booking_id = b.id),\n            (SELECT count(*) FROM reservations_occupancy o\n                JOIN reservations_room_spaces m ON m.room_id = b.room_id AND m.space_id = o.space_id\n                WHERE o.booking_id = b.id AND lower(o.during) = b.starts AND upper(o.during) >= b.ends)\n            INTO occupies, is_over, spaces, taken, rightly\n            FROM reservations_booking b WHERE b.id = booking;\n        IF FOUND AND (NOT occupies AND taken > 0\n            OR occupies AND NOT is_over AND (spaces = 0 OR rightly <> spaces OR taken <> spaces)) THEN\n            RAISE EXCEPTION 'Booking % has % of the % spaces of its room, % rightly', booking, taken, spaces, rightly\n                USING ERRCODE = 'check_violation', CONSTRAINT = 'booking_has_its_room_whole';\n        END IF;\n    END LOOP;\n    RETURN NULL;\n", hash='82ad3d8b7724b438ce1625de8a79d2b480d12207', operation='INSERT OR UPDATE OF "state", "room_id", "starts", "ends"', pgid='pgtrigger_has_its_room_whole_8f683', table='reservations_booking', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name='occupancy',
            trigger=pgtrigger.compiler.Trigger(name='is_of_who_has_the_room', sql=pgtrigger.compiler.UpsertTriggerSql(constraint='CONSTRAINT', declare='DECLARE touched uuid[]; booking uuid; occupies boolean; is_over boolean; spaces int; taken int; rightly int;', func="touched := array_remove(ARRAY[NEW.booking_id, OLD.booking_id], NULL); \n    FOREACH booking IN ARRAY touched LOOP\n        SELECT b.state IN ('held', 'in_treatment', 'confirmed', 'no_show'), b.ends <= now(),\n            (SELECT count(*) FROM reservations_room_spaces m WHERE m.room_id = b.room_id),\n            (SELECT count(*) FROM reservations_occupancy o WHERE o.booking_id = b.id),\n            (SELECT count(*) FROM reservations_occupancy o\n                JOIN reservations_room_spaces m ON m.room_id = b.room_id AND m.space_id = o.space_id\n                WHERE o.booking_id = b.id AND lower(o.during) = b.starts AND upper(o.during) >= b.ends)\n            INTO occupies, is_over, spaces, taken, rightly\n            FROM reservations_booking b WHERE b.id = booking;\n        IF FOUND AND (NOT occupies AND taken > 0\n            OR occupies AND NOT is_over AND (spaces = 0 OR rightly <> spaces OR taken <> spaces)) THEN\n            RAISE EXCEPTION 'Booking % has % of the % spaces of its room, % rightly', booking, taken, spaces, rightly\n                USING ERRCODE = 'check_violation', CONSTRAINT = 'booking_has_its_room_whole';\n        END IF;\n    END LOOP;\n    RETURN NULL;\n", hash='8cb7a6e525bebdb6686c405a4f5fb36b3d4b0a98', operation='INSERT OR UPDATE OR DELETE', pgid='pgtrigger_is_of_who_has_the_room_f5003', table='reservations_occupancy', timing='DEFERRABLE INITIALLY DEFERRED', when='AFTER')),
        ),
    ]
