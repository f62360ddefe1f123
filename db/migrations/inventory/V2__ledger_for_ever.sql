-- The ledger is append-only: what was wrong is put right by another movement, never by another past.

CREATE FUNCTION movement_is_for_ever() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a movement is for ever: put it right by another one' USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER movement_is_for_ever BEFORE UPDATE OR DELETE OR TRUNCATE ON movement
    FOR EACH STATEMENT EXECUTE FUNCTION movement_is_for_ever();
