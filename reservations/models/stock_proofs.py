"""The database lets nobody lend more than there is, whoever writes: looked at when a transaction ends."""

import pgtrigger

# The lock of `locking.lock_equipment`, so that two who wrote without it do not overlook each other. Looked at are the
# hours lent, not what is late in them: a loan that is late makes no other one wrong. What is out at one moment is
# looked at apart. What is over is let be: pieces may have broken since.
NOT_TOO_MUCH = """
    PERFORM pg_advisory_xact_lock(hashtext('equipment of rooms'), touched::int);
    SELECT quantity - unusable INTO there FROM reservations_equipment WHERE id = touched;
    SELECT greatest(
        (SELECT max(total) FROM (
            SELECT sum(delta) OVER (ORDER BY moment, delta) AS total FROM (
                SELECT starts AS moment, quantity AS delta FROM reservations_loan
                    WHERE equipment_id = touched AND state IN ('confirmed', 'out') AND ends > now()
                UNION ALL SELECT ends, -quantity FROM reservations_loan
                    WHERE equipment_id = touched AND state IN ('confirmed', 'out') AND ends > now()
            ) AS steps
        ) AS line),
        (SELECT sum(quantity) FROM reservations_loan WHERE equipment_id = touched AND state = 'out')
    ) INTO lent;
    IF lent > there THEN
        RAISE EXCEPTION 'Of equipment % there are %, and % would be lent at one moment', touched, there, lent
            USING ERRCODE = 'check_violation', CONSTRAINT = 'equipment_never_too_much';
    END IF;
    RETURN NULL;
"""
DECLARED = [("touched", "bigint"), ("there", "bigint"), ("lent", "bigint")]
OF_A_LOAN = pgtrigger.UpdateOf("state", "quantity", "starts", "ends", "equipment_id")  # type: ignore[no-untyped-call]
OF_THE_STOCK = pgtrigger.UpdateOf("quantity", "unusable")  # type: ignore[no-untyped-call]


def of_a_loan() -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name="lends_what_there_is",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | OF_A_LOAN,
        timing=pgtrigger.Deferred,
        condition=pgtrigger.Q(new__state__in=["confirmed", "out"]),
        declare=DECLARED,
        func=f"touched := NEW.equipment_id; {NOT_TOO_MUCH}",
    )


def of_equipment() -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name="is_not_less_than_lent",
        when=pgtrigger.After,
        operation=OF_THE_STOCK,
        timing=pgtrigger.Deferred,
        declare=DECLARED,
        func=f"touched := NEW.id; {NOT_TOO_MUCH}",
    )
