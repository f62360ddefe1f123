package io.journeyman.payment.refund;

import io.journeyman.contracts.Money;
import io.journeyman.contracts.Payment.Refund;
import io.journeyman.contracts.Payment.RefundPayment;
import io.journeyman.contracts.Payment.RefundStatus;
import io.journeyman.contracts.Problem;
import io.journeyman.contracts.RefundId;
import io.journeyman.kit.ProblemException;
import io.journeyman.payment.gateway.ChargeKey;
import io.journeyman.payment.gateway.Gateway;
import io.journeyman.payment.gateway.Gateway.GatewayUnreachable;
import io.journeyman.payment.gateway.Gateway.RefundAnswer;
import io.journeyman.payment.refund.RefundTable.Source;
import io.journeyman.payment.refund.RefundTable.StandingRefund;
import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/**
 * Money that goes back of captured attempts. Each refund is written down, and set aside from what is left, before the gateway is
 * asked; what nobody knows the result of is asked for again under its own key, never under another one.
 */
public final class Refunds {
    /** Of one attempt, failed ones included. */
    static final int MOST = 100;

    private final Jdbi jdbi;
    private final Gateway gateway;
    private final InstantSource clock;

    public Refunds(Jdbi jdbi, Gateway gateway, InstantSource clock) {
        this.jdbi = jdbi;
        this.gateway = gateway;
        this.clock = clock;
    }

    /** @throws ProblemException not_captured, settles_outside, refund_too_large, nothing_left, nothing_to_refund, currency_differs, refund_differs, too_many_refunds */
    Refund refund(ChargeKey charge, RefundPayment request) {
        return untilSettled(jdbi.inTransaction(handle -> open(handle.attach(RefundTable.class), charge, request)));
    }

    /** @throws ProblemException unknown_refund */
    Refund inquire(RefundId refund) {
        return untilSettled(find(refund)
                .orElseThrow(() -> problem(
                        404,
                        "unknown_refund",
                        "No refund of that id came here.",
                        "Send the refund, under the same id.")));
    }

    /**
     * The gateway has news of a refund, and is asked for them. A bank may send money back that had arrived, days later.
     *
     * @throws ProblemException gateway_unreachable
     */
    public void hear(RefundId refund) {
        find(refund)
                .filter(standing -> standing.status() != RefundStatus.failed)
                .ifPresent(standing -> {
                    try {
                        settle(standing, gateway.refund(standing.charge(), refund, standing.amount()));
                    } catch (GatewayUnreachable unreachable) {
                        throw ProblemException.tryAgain(
                                Problem.of(
                                        503,
                                        "gateway_unreachable",
                                        "The gateway did not answer. Send the same request again."),
                                2);
                    }
                });
    }

    private StandingRefund open(RefundTable table, ChargeKey charge, RefundPayment request) {
        Source source = table.lock(charge).orElseThrow(Refunds::notCaptured);
        Optional<StandingRefund> known = table.find(request.refundId());
        if (known.isPresent()) {
            return theSame(known.get(), charge, request);
        }
        check(source, request.amount());
        Money amount = request.mayBeLess() ? asFarAsItGoes(source, request.amount()) : request.amount();
        if (!table.take(charge, amount, clock.instant())) {
            throw problem(
                    422,
                    "refund_too_large",
                    "Refunds would exceed what was captured of this payment.",
                    "Ask for less, or look at what was refunded before.");
        }
        if (!table.add(request.refundId(), charge, amount, atMost(request), amount.currency(), clock.instant())) {
            throw differs();
        }
        return table.find(request.refundId()).orElseThrow();
    }

    private static Optional<Long> atMost(RefundPayment request) {
        return Optional.of(request.amount().minor()).filter(some -> request.mayBeLess());
    }

    private static StandingRefund theSame(StandingRefund known, ChargeKey charge, RefundPayment request) {
        boolean sameAmount = known.atMost().isPresent()
                ? known.atMost().equals(atMost(request))
                : known.amount().equals(request.amount()) && !request.mayBeLess();
        if (!known.charge().equals(charge) || !sameAmount) {
            throw differs();
        }
        return known;
    }

    /** The attempt's row is locked: nobody else takes of it meanwhile. */
    private static Money asFarAsItGoes(Source source, Money wanted) {
        if (source.remaining() == 0) {
            throw problem(
                    422, "nothing_left", "All of this payment went back already.", "Refund it from another payment.");
        }
        return new Money(Math.min(source.remaining(), wanted.minor()), wanted.currency());
    }

    private static void check(Source source, Money amount) {
        switch (source.status()) {
            case open, authorised, declined, voided -> throw notCaptured();
            case due_on_delivery ->
                throw problem(
                        409,
                        "settles_outside",
                        "This order is paid on delivery: its money never came through here, and cannot go back this way.",
                        "Pay it out by hand.",
                        "Void the attempt when the order was not delivered.");
            case captured, refunded -> {}
        }
        if (amount.minor() == 0) {
            throw problem(422, "nothing_to_refund", "A refund gives something back; this one is of nothing.");
        }
        if (!source.currency().equals(amount.currency())) {
            throw problem(422, "currency_differs", "The payment was made in " + source.currency() + ".");
        }
        if (source.refunds() >= MOST) {
            throw problem(422, "too_many_refunds", "A payment can be refunded " + MOST + " times at most.");
        }
    }

    private Refund untilSettled(StandingRefund standing) {
        if (standing.status() != RefundStatus.pending) {
            return answer(standing);
        }
        try {
            return settle(standing, gateway.refund(standing.charge(), standing.refundId(), standing.amount()));
        } catch (GatewayUnreachable unreachable) {
            return settle(standing, RefundStatus.pending, Optional.of("network_error"));
        }
    }

    private Refund settle(StandingRefund standing, RefundAnswer answer) {
        return switch (answer) {
            case RefundAnswer.Refunded refunded -> settle(standing, RefundStatus.refunded, Optional.empty());
            case RefundAnswer.OnItsWay onItsWay -> settle(standing, RefundStatus.pending, Optional.empty());
            case RefundAnswer.Failed failed -> settle(standing, RefundStatus.failed, Optional.of(failed.code()));
        };
    }

    /** What was settled by somebody else meanwhile stands. */
    private Refund settle(StandingRefund standing, RefundStatus status, Optional<String> code) {
        return jdbi.inTransaction(handle -> {
            var table = handle.attach(RefundTable.class);
            boolean settled = table.settle(standing.refundId(), status, code, clock.instant());
            if (settled && status == RefundStatus.failed) {
                table.putBack(standing.charge(), standing.amount(), clock.instant());
            }
            return answer(table.find(standing.refundId()).orElseThrow());
        });
    }

    private Optional<StandingRefund> find(RefundId refund) {
        return jdbi.withExtension(RefundTable.class, table -> table.find(refund));
    }

    private static Refund answer(StandingRefund standing) {
        return new Refund(
                standing.orderId(),
                standing.attempt(),
                standing.refundId(),
                standing.status(),
                standing.amount(),
                standing.refundedInAll(),
                standing.code());
    }

    private static ProblemException notCaptured() {
        return problem(
                409,
                "not_captured",
                "Nothing was taken by this attempt, so nothing can go back.",
                "Void the attempt when it shall not be captured any more.");
    }

    private static ProblemException differs() {
        return problem(
                422,
                "refund_differs",
                "That refund stands with another amount, or for another payment.",
                "Use a new refundId for another refund.");
    }

    private static ProblemException problem(int status, String code, String detail, String... suggestions) {
        return new ProblemException(Problem.of(status, code, detail, suggestions));
    }
}
