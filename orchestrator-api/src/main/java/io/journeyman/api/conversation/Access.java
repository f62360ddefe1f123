package io.journeyman.api.conversation;

import io.journeyman.activities.conversation.ConversationStore;
import io.journeyman.api.auth.Session;
import io.journeyman.api.http.ProblemException;
import io.journeyman.api.http.RateLimit;
import io.journeyman.contracts.ConversationId;
import io.journeyman.contracts.CustomerId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.UUID;

/** From a session to the one conversation that it may touch, and only at a humane pace. */
public final class Access {
    private static final int LONGEST_KEY = 64;

    private final ConversationStore store;
    private final RateLimit pace;

    public Access(ConversationStore store, RateLimit pace) {
        this.store = store;
        this.pace = pace;
    }

    public ConversationId conversation(Session session) {
        pace.take(session.getName());
        return switch (session) {
            case Session.Guest guest -> store.forGuest(guest.guestId());
            case Session.Customer customer -> store.forCustomer(customer.customerId());
            case Session.Staff _ ->
                throw ProblemException.of(403, "customers_only", "Staff have no conversation; sign in as a customer.");
        };
    }

    public CustomerId customer(Session session) {
        pace.take(session.getName());
        if (session instanceof Session.Customer customer) {
            return customer.customerId();
        }
        throw ProblemException.of(
                403, "sign_in_needed", "Please sign in first; your cart comes along.", "sign in and try again");
    }

    /** Who of the staff it is. */
    public String staff(Session session) {
        pace.take(session.getName());
        if (session instanceof Session.Staff staff) {
            return staff.staffId();
        }
        throw ProblemException.of(403, "staff_only", "Only the shop's staff may do this.");
    }

    /**
     * The Idempotency-Key of a changing request: there, and not too long. It is stored and enters the engine's history, so one that
     * looks like a card number is known by its digest only.
     */
    public static String key(String header) {
        if (header == null || !header.matches("[\\x21-\\x7e]{1," + LONGEST_KEY + "}")) {
            throw ProblemException.of(
                    400,
                    "idempotency_key_needed",
                    "Send an Idempotency-Key header of 1 to " + LONGEST_KEY
                            + " visible characters; repeat it when you repeat the request.");
        }
        return Redaction.redact(header).equals(header) ? header : digest(header);
    }

    /** The same as it goes on to an agent: somebody else's is another one. */
    public static String keyOf(Session session, String header) {
        return UUID.nameUUIDFromBytes((session.getName() + "/" + key(header)).getBytes(StandardCharsets.UTF_8))
                .toString();
    }

    private static String digest(String key) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
