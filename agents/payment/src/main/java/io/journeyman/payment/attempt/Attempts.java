package io.journeyman.payment.attempt;

import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.Payment.Attempt;
import io.journeyman.contracts.Payment.AttemptStatus;
import io.journeyman.contracts.Payment.MethodKind;
import io.journeyman.contracts.Payment.Outcome;
import io.journeyman.contracts.Payment.SecurePayment;
import io.journeyman.contracts.Problem;
import io.journeyman.kit.ProblemException;
import io.journeyman.payment.attempt.AttemptTable.StandingAttempt;
import io.journeyman.payment.gateway.ChargeKey;
import io.journeyman.payment.gateway.Gateway;
import io.journeyman.payment.gateway.Gateway.Answer;
import io.journeyman.payment.gateway.Gateway.GatewayUnreachable;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;

/**
 * The attempts to pay an order. Each is written down before the gateway is asked and settled by what it answers; a crash in
 * between leaves it open and unknown, which {@link #inquire} settles under the same key. The gateway is never asked within a
 * transaction of ours.
 */
public final class Attempts {
    private final Jdbi jdbi;
    private final Gateway gateway;
    private final InstantSource clock;

    public Attempts(Jdbi jdbi, Gateway gateway, InstantSource clock) {
        this.jdbi = jdbi;
        this.gateway = gateway;
        this.clock = clock;
    }

    /** @throws ProblemException attempt_blocked, attempt_differs, unknown_token */
    Attempt secure(SecurePayment payment) {
        Optional<String> reference =
                payment.method() == MethodKind.cash_on_delivery ? Optional.empty() : Optional.of(reference(payment));
        boolean opened = jdbi.withExtension(
                AttemptTable.class,
                table -> table.open(
                        payment, payment.amount().minor(), payment.amount().currency(), clock.instant()));
        if (!opened) {
            StandingAttempt standing = find(payment.orderId(), payment.attempt())
                    .orElseThrow(() -> problem(
                            409,
                            "attempt_blocked",
                            "Another attempt to pay this order is live, unsettled or successful.",
                            "Ask what became of the earlier attempt first."));
            if (standing.isTombstone()) {
                return answer(standing);
            }
            if (!standing.is(payment)) {
                throw problem(409, "attempt_differs", "That attempt stands with another method or amount.");
            }
            if (standing.status() != AttemptStatus.open) {
                return answer(standing);
            }
        }
        if (reference.isEmpty()) {
            return settle(payment.orderId(), payment.attempt(), Outcome.secured, AttemptStatus.due_on_delivery, "");
        }
        try {
            return settle(
                    payment.orderId(),
                    payment.attempt(),
                    gateway.authorise(
                            new ChargeKey(payment.orderId(), payment.attempt()), reference.get(), payment.amount()));
        } catch (GatewayUnreachable unreachable) {
            return unknown(payment.orderId(), payment.attempt());
        }
    }

    Attempt inquire(OrderId order, int attempt) {
        if (bury(order, attempt, "not_received")) {
            undo(new ChargeKey(order, attempt));
            return standing(order, attempt);
        }
        StandingAttempt standing = find(order, attempt).orElseThrow();
        if (standing.status() != AttemptStatus.open) {
            return answer(standing);
        }
        if (standing.method().equals(Optional.of(MethodKind.cash_on_delivery))) {
            return settle(order, attempt, Outcome.secured, AttemptStatus.due_on_delivery, "");
        }
        try {
            return settle(order, attempt, gateway.settle(new ChargeKey(order, attempt)));
        } catch (GatewayUnreachable unreachable) {
            return unknown(order, attempt);
        }
    }

    /** @throws ProblemException not_authorised, amount_differs, gateway_unreachable */
    Attempt capture(OrderId order, int attempt, Money amount) {
        StandingAttempt standing = find(order, attempt).orElseThrow(Attempts::notAuthorised);
        if (!standing.isTombstone() && !standing.mayCapture(amount)) {
            throw amountDiffers();
        }
        return switch (standing.status()) {
            case captured, due_on_delivery -> answer(standing);
            case open, declined, voided, refunded -> throw notAuthorised();
            case authorised -> {
                Answer answer = answered(() -> gateway.capture(new ChargeKey(order, attempt), amount));
                if (!(answer instanceof Answer.Captured taken)) {
                    throw notAuthorised();
                }
                boolean captured = jdbi.withExtension(
                        AttemptTable.class, table -> table.capture(order, attempt, taken.amount(), clock.instant()));
                StandingAttempt now = find(order, attempt).orElseThrow();
                if (!captured && now.status() != AttemptStatus.captured) {
                    // it was voided meanwhile, and the money that was just taken goes back
                    undo(new ChargeKey(order, attempt));
                } else if (!now.captured().equals(amount)) {
                    // somebody else has captured another part before, whose answer was lost or comes just now
                    throw amountDiffers();
                }
                yield answer(now);
            }
        };
    }

    /**
     * Ours is marked first, so that a late success finds it undone; then the gateway gives the money back.
     *
     * @throws ProblemException gateway_unreachable
     */
    Attempt cancel(OrderId order, int attempt) {
        if (!bury(order, attempt, "cancelled")) {
            boolean live =
                    jdbi.withExtension(AttemptTable.class, table -> table.cancel(order, attempt, clock.instant()));
            StandingAttempt standing = find(order, attempt).orElseThrow();
            if (!live && standing.status() == AttemptStatus.declined) {
                return answer(standing);
            }
        }
        undo(new ChargeKey(order, attempt));
        return standing(order, attempt);
    }

    /**
     * The gateway has news of an attempt, and is asked for them. Of one that was undone here meanwhile, whatever the gateway has taken
     * goes back; one that is not known is nobody's.
     *
     * @throws ProblemException gateway_unreachable
     */
    public void hear(OrderId order, int attempt) {
        var key = new ChargeKey(order, attempt);
        find(order, attempt).ifPresent(standing -> {
            switch (standing.status()) {
                case open -> settle(order, attempt, answered(() -> gateway.settle(key)));
                case declined, voided, refunded -> undo(key);
                case authorised, captured, due_on_delivery -> {}
            }
        });
    }

    List<Attempt> of(OrderId order) {
        return jdbi.withExtension(AttemptTable.class, table -> table.of(order)).stream()
                .map(Attempts::answer)
                .toList();
    }

    /** The store credit that pays the order, or a part of it. */
    Optional<Money> credit(OrderId order) {
        return jdbi.withExtension(AttemptTable.class, table -> table.credit(order));
    }

    private Attempt settle(OrderId order, int attempt, Answer answer) {
        return switch (answer) {
            case Answer.Authorised authorised -> settle(order, attempt, Outcome.secured, AttemptStatus.authorised, "");
            case Answer.Captured taken ->
                settle(order, attempt, Outcome.secured, AttemptStatus.captured, "", Optional.of(taken.amount()));
            case Answer.Pending pending -> settle(order, attempt, Outcome.pending, AttemptStatus.open, "");
            case Answer.NeedsCustomer needed -> askCustomer(order, attempt, needed);
            case Answer.Declined declined ->
                settle(order, attempt, Outcome.declined, AttemptStatus.declined, declined.code());
            case Answer.NeverCame neverCame ->
                settle(order, attempt, Outcome.declined, AttemptStatus.declined, "network_error");
            case Answer.Cancelled cancelled ->
                settle(order, attempt, Outcome.declined, AttemptStatus.voided, "cancelled");
        };
    }

    private Attempt askCustomer(OrderId order, int attempt, Answer.NeedsCustomer needed) {
        jdbi.useExtension(
                AttemptTable.class, table -> table.confirmAt(order, attempt, needed.confirmAt(), clock.instant()));
        return settle(order, attempt, Outcome.needs_customer, AttemptStatus.open, needed.code());
    }

    private void undo(ChargeKey key) {
        switch (answered(() -> gateway.cancel(key))) {
            case Answer.Cancelled _, Answer.NeverCame _, Answer.Declined _ -> {}
            case Answer.Authorised _, Answer.Captured _, Answer.Pending _, Answer.NeedsCustomer _ ->
                throw ProblemException.tryAgain(
                        Problem.of(
                                503,
                                "not_undone_yet",
                                "The gateway is at work on this payment. Send the same request again."),
                        2);
        }
    }

    /** A question that may be asked again: without an answer, the caller repeats the request. */
    private static Answer answered(Supplier<Answer> question) {
        try {
            return question.get();
        } catch (GatewayUnreachable unreachable) {
            throw ProblemException.tryAgain(
                    Problem.of(503, "gateway_unreachable", "The gateway did not answer. Send the same request again."),
                    2);
        }
    }

    private Attempt unknown(OrderId order, int attempt) {
        return settle(order, attempt, Outcome.unknown, AttemptStatus.open, "network_error");
    }

    private Attempt settle(OrderId order, int attempt, Outcome outcome, AttemptStatus status, String code) {
        return settle(order, attempt, outcome, status, code, Optional.empty());
    }

    /** What was settled by somebody else meanwhile stands. */
    private Attempt settle(
            OrderId order, int attempt, Outcome outcome, AttemptStatus status, String code, Optional<Money> taken) {
        jdbi.useExtension(
                AttemptTable.class,
                table -> table.settle(
                        order,
                        attempt,
                        outcome,
                        status,
                        Optional.of(code).filter(c -> !c.isEmpty()),
                        taken,
                        clock.instant()));
        return standing(order, attempt);
    }

    private boolean bury(OrderId order, int attempt, String code) {
        return jdbi.withExtension(AttemptTable.class, table -> table.bury(order, attempt, code, clock.instant()));
    }

    private Optional<StandingAttempt> find(OrderId order, int attempt) {
        return jdbi.withExtension(AttemptTable.class, table -> table.find(order, attempt));
    }

    private Attempt standing(OrderId order, int attempt) {
        return answer(find(order, attempt).orElseThrow());
    }

    private String reference(SecurePayment payment) {
        return jdbi.withExtension(AttemptTable.class, table -> table.reference(payment))
                .orElseThrow(() -> problem(
                        422,
                        "unknown_token",
                        "That card or UPI address is not known here.",
                        "Open the payment form again."));
    }

    private static Attempt answer(StandingAttempt standing) {
        boolean isCaptured = standing.status() == AttemptStatus.captured;
        Optional<Explanation> explanation = Explanation.of(standing.outcome(), standing.code());
        return new Attempt(
                standing.orderId(),
                standing.attempt(),
                standing.outcome(),
                standing.status(),
                standing.code(),
                explanation.map(Explanation::detail),
                explanation.map(Explanation::suggestions).orElse(List.of()),
                standing.amount(),
                standing.method(),
                standing.token(),
                standing.confirmAt()
                        .filter(at -> standing.outcome() == Outcome.needs_customer)
                        .map(URI::toString),
                isCaptured ? Optional.of(standing.captured()) : Optional.empty(),
                isCaptured ? Optional.of(standing.givenBack()) : Optional.empty());
    }

    private static ProblemException amountDiffers() {
        return problem(
                422,
                "amount_differs",
                "At most the amount that was secured can be captured, and once.",
                "Capture the whole amount, or a part of it; the rest is released.");
    }

    private static ProblemException notAuthorised() {
        return problem(409, "not_authorised", "There is no authorised payment to capture.", "Secure a payment first.");
    }

    private static ProblemException problem(int status, String code, String detail, String... suggestions) {
        return new ProblemException(Problem.of(status, code, detail, suggestions));
    }
}
