package io.journeyman.activities.replay;

/** What became of an order whose failed payment was tried again (design §6). */
public enum ReplayResult {
    /** It is paid now, once. */
    replayed_paid,
    /** It had been paid before, or a customer was faster; nothing was charged again. */
    already_paid,
    /** Nothing is left of an item; nothing was charged. */
    stock_gone,
    /** The quoted price is not honoured any more; nothing was charged. */
    price_honoured_until_passed,
    /** The gateway declined it again. */
    declined_again,
    /** Only the customer can go on: a method was never given, or the bank asks them. They were told. */
    needs_customer,
    /** Whether the earlier attempt was charged is being found out; no other one is made before. */
    unresolved,
    /** Nothing was tried; the code says why. */
    skipped
}
