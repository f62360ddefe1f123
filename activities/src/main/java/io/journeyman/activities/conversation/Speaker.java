package io.journeyman.activities.conversation;

import io.journeyman.contracts.CustomerId;

/** Who speaks on a channel. */
public sealed interface Speaker {
    record Known(CustomerId customer) implements Speaker {}

    /** Nobody knows yet who that is; the next message from there is of the same guest. */
    record Unknown(String guestId) implements Speaker {}
}
