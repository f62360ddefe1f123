package io.journeyman.api.credit;

import io.journeyman.activities.agent.AgentClient;
import io.journeyman.activities.agent.Answer;
import io.journeyman.activities.staff.StaffJourneys;
import io.journeyman.activities.staff.StaffJourneys.Deed;
import io.journeyman.api.conversation.Words;
import io.journeyman.api.http.ProblemException;
import io.journeyman.api.http.ProblemMappers;
import io.journeyman.contracts.CreditId;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.Payment.CreditAccount;
import io.journeyman.contracts.Payment.CreditGrant;
import io.journeyman.contracts.Payment.GrantCredit;
import io.journeyman.contracts.ShopCurrency;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * What staff do to customers' store credit, from the console or by the API: each deed with a reason, done once for its key, and written
 * down with who did it. Nobody gives more at a time than the shop lets them.
 */
public final class CreditDesk {
    private static final int LONGEST_REASON = 200;

    private final AgentClient payment;
    private final StaffJourneys staffRecord;
    private final long mostPerGrant;

    /** @param mostPerGrant what one grant may come to, in minor units */
    public CreditDesk(AgentClient payment, StaffJourneys staffRecord, long mostPerGrant) {
        this.payment = payment;
        this.staffRecord = staffRecord;
        this.mostPerGrant = mostPerGrant;
    }

    /**
     * @param key made anew for each wish: the same one again, by the same person, gives nothing twice
     * @param reason the customer may see it
     * @param expiresAt until when it can be used; where it is not said, as long as the shop has it, unless it {@code neverExpires}
     */
    public record Wish(
            String staff,
            String key,
            CustomerId customer,
            Money amount,
            String reason,
            Optional<OrderId> orderId,
            Optional<Instant> expiresAt,
            boolean neverExpires) {}

    public CreditAccount account(CustomerId customer) {
        return done(payment.get(
                "getCreditAccount", "/credit-accounts/" + AgentClient.segment(customer), CreditAccount.class));
    }

    /** @throws ProblemException bad_request, grant_too_large, and what the payment agent refuses */
    public CreditGrant grant(Wish wish) {
        if (wish.amount().minor() <= 0) {
            throw ProblemException.of(400, "bad_request", "Say how much: amount, of minor units above zero.");
        }
        if (!ShopCurrency.isCurrency(wish.amount().currency())) {
            throw ProblemException.of(400, "bad_request", "amount.currency is a currency of ISO 4217, such as INR.");
        }
        if (wish.amount().minor() > mostPerGrant) {
            throw ProblemException.of(
                    422,
                    "grant_too_large",
                    "At most " + new Money(mostPerGrant, wish.amount().currency()).shown() + " is given at a time.",
                    "Give less, or ask who runs the shop to raise JOURNEYMAN_CREDIT_GRANT_MOST.");
        }
        if (wish.neverExpires() && wish.expiresAt().isPresent()) {
            throw ProblemException.of(400, "bad_request", "Give a date, or say that it never expires: not both.");
        }
        String reason = reason(wish.reason());
        var grant = named(wish.staff(), wish.key());
        var body = new GrantCredit(
                grant,
                wish.customer(),
                wish.amount(),
                reason,
                wish.orderId(),
                wish.expiresAt(),
                wish.neverExpires() ? Optional.of(true) : Optional.empty());
        String action = "grant " + wish.amount().shown() + " to " + wish.customer()
                + wish.expiresAt().map(date -> " until " + date).orElse(wish.neverExpires() ? " for ever" : "");
        return done(staffRecord.recorded(
                new Deed(wish.staff(), recordOf(grant), action, reason, wish.key()),
                () -> payment.change("grantCredit", "/credit-grants", grant.value(), body, CreditGrant.class),
                granted -> granted.status().name()));
    }

    /** @throws ProblemException bad_request, credit_spent, credit_expired */
    public CreditGrant takeBack(String staff, String key, CustomerId customer, CreditId grant, String given) {
        String reason = reason(given);
        return done(staffRecord.recorded(
                new Deed(staff, recordOf(grant), "take credit of " + customer + " back", reason, key),
                () -> payment.change(
                        "takeCreditBack",
                        "/credit-grants/" + AgentClient.segment(grant) + "/take-back",
                        "take-back-" + named(staff + "/" + grant, key),
                        CreditGrant.class),
                taken -> taken.status().name()));
    }

    /** A grant is named after who gave it and the key. */
    private static CreditId named(String staff, String key) {
        return new CreditId("staff-" + UUID.nameUUIDFromBytes((staff + "/" + key).getBytes(StandardCharsets.UTF_8)));
    }

    /** Under what the deeds about a grant are found. */
    public static String recordOf(CreditId grant) {
        return "credit-" + grant;
    }

    private static String reason(String given) {
        return Words.kept(Optional.ofNullable(given), LONGEST_REASON)
                .orElseThrow(() -> ProblemException.of(
                        400, "bad_request", "Say why: a reason of at most " + LONGEST_REASON + " characters of text."));
    }

    private static <T> T done(Answer<T> answer) {
        return switch (answer) {
            case Answer.Done<T> done -> done.value();
            case Answer.Refused<T> refused -> throw ProblemException.of(refused.problem());
            case Answer.Unavailable<T> _ -> throw ProblemMappers.unavailable("The payment service");
        };
    }
}
