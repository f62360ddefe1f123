package io.journeyman.payment.reconciliation;

import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.Payment.AttemptStatus;
import io.journeyman.contracts.Payment.Difference;
import io.journeyman.contracts.Payment.DifferenceKind;
import io.journeyman.contracts.Payment.MethodKind;
import io.journeyman.contracts.Payment.ReconciledPage;
import io.journeyman.contracts.Payment.RefundStatus;
import io.journeyman.contracts.Problem;
import io.journeyman.kit.ProblemException;
import io.journeyman.payment.gateway.ChargeKey;
import io.journeyman.payment.gateway.Gateway.GatewayUnreachable;
import io.journeyman.payment.gateway.Ledger;
import io.journeyman.payment.gateway.Ledger.Booked;
import io.journeyman.payment.gateway.Ledger.BookedRefund;
import io.journeyman.payment.gateway.Ledger.NoSuchPlace;
import io.journeyman.payment.gateway.Ledger.Standing;
import io.journeyman.payment.reconciliation.ReconciliationTable.OurRefund;
import io.journeyman.payment.reconciliation.ReconciliationTable.Ours;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;

/**
 * Compares our attempts and refunds with the gateway's own books, a page at a time: first each of ours with what the gateway has
 * of it, then the gateway's for those that we do not know. It mends nothing: whether ours or theirs is right is for people to see.
 */
public final class Reconciliation {
    private static final String OURS = "ours:";
    private static final String THEIRS = "theirs:";

    private final Jdbi jdbi;
    private final Ledger ledger;

    public Reconciliation(Jdbi jdbi, Ledger ledger) {
        this.jdbi = jdbi;
        this.ledger = ledger;
    }

    /**
     * @param after {@code next} of the page before
     * @throws ProblemException gateway_unreachable, bad_request
     */
    ReconciledPage page(Instant from, Instant to, Optional<String> after, int most) {
        try {
            return after.filter(cursor -> cursor.startsWith(THEIRS)).isPresent()
                    ? theirs(from, to, after.get().substring(THEIRS.length()), most)
                    : ours(from, to, after.map(Reconciliation::last), most);
        } catch (NoSuchPlace made) {
            throw noNext();
        } catch (GatewayUnreachable unreachable) {
            throw ProblemException.tryAgain(
                    Problem.of(503, "gateway_unreachable", "The gateway did not answer. Send the same request again."),
                    2);
        }
    }

    private ReconciledPage ours(Instant from, Instant to, Optional<ChargeKey> after, int most) {
        List<Ours> page = jdbi.withExtension(
                ReconciliationTable.class,
                table -> table.opened(
                        from,
                        to,
                        after.map(ChargeKey::orderId),
                        after.map(ChargeKey::attempt).orElse(0),
                        most));
        var differences = new ArrayList<Difference>();
        page.forEach(attempt -> compare(attempt, ledger.booked(attempt.key()), differences));
        return new ReconciledPage(
                page.size(),
                differences,
                Optional.of(page.size() < most ? THEIRS : OURS + page.getLast().key()));
    }

    private ReconciledPage theirs(Instant from, Instant to, String after, int most) {
        var page = ledger.opened(from, to, Optional.of(after).filter(cursor -> !cursor.isEmpty()), most);
        var differences = new ArrayList<Difference>();
        for (Booked booked : page.charges()) {
            if (booked.key().isEmpty() || !isKnown(booked.key().get())) {
                differences.add(new Difference(
                        DifferenceKind.unknown_here,
                        booked.key().map(ChargeKey::orderId),
                        booked.key().map(ChargeKey::attempt),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(said(booked) + " as " + booked.name())));
            }
        }
        return new ReconciledPage(
                page.charges().size(), differences, page.next().map(cursor -> THEIRS + cursor));
    }

    private boolean isKnown(ChargeKey key) {
        return jdbi.withExtension(ReconciliationTable.class, table -> table.knows(key));
    }

    private void compare(Ours ours, Optional<Booked> booked, List<Difference> differences) {
        if (booked.isEmpty()) {
            if (tookMoney(ours.status()) && !ours.method().equals(Optional.of(MethodKind.cash_on_delivery))) {
                differences.add(of(ours, DifferenceKind.unknown_at_gateway, said(ours), Optional.empty()));
            }
            return;
        }
        Booked theirs = booked.get();
        if (!agrees(ours, theirs)) {
            differences.add(of(ours, DifferenceKind.status_differs, said(ours), Optional.of(said(theirs))));
        } else if (!sameAmounts(ours, theirs)) {
            differences.add(of(ours, DifferenceKind.amount_differs, said(ours), Optional.of(said(theirs))));
        }
        compareRefunds(ours, theirs, differences);
    }

    /** What we hold to be undone has left nothing with the gateway; what is open here may be anything but decided there. */
    private static boolean agrees(Ours ours, Booked theirs) {
        return switch (ours.status()) {
            case open -> theirs.standing() == Standing.open;
            case authorised -> theirs.standing() == Standing.authorised;
            case captured -> theirs.standing() == Standing.captured;
            case due_on_delivery -> false;
            case declined -> theirs.standing() == Standing.declined || theirs.standing() == Standing.cancelled;
            case voided, refunded ->
                switch (theirs.standing()) {
                    case open, authorised -> false;
                    case captured -> theirs.left().minor() == 0;
                    case declined, cancelled -> true;
                };
        };
    }

    private static boolean sameAmounts(Ours ours, Booked theirs) {
        return switch (ours.status()) {
            case authorised, refunded -> ours.amount().equals(theirs.amount());
            case captured ->
                ours.amount().equals(theirs.amount()) && ours.captured().equals(theirs.captured());
            case open, due_on_delivery, declined, voided -> true;
        };
    }

    private void compareRefunds(Ours ours, Booked theirs, List<Difference> differences) {
        Map<String, BookedRefund> named = new HashMap<>();
        boolean undone = ours.status() == AttemptStatus.voided || ours.status() == AttemptStatus.refunded;
        for (BookedRefund refund : theirs.refunds()) {
            refund.refundId().ifPresent(id -> named.put(id, refund));
            if (refund.refundId().isEmpty() && !undone && refund.status() != RefundStatus.failed) {
                differences.add(refundOf(
                        ours, DifferenceKind.refund_unknown_here, refund.name(), Optional.empty(), said(refund)));
            }
        }
        for (OurRefund refund : jdbi.withExtension(ReconciliationTable.class, table -> table.refunds(ours.key()))) {
            BookedRefund booked = named.remove(refund.refundId().value());
            if (booked == null && refund.status() == RefundStatus.refunded) {
                differences.add(refundOf(
                        ours,
                        DifferenceKind.refund_unknown_at_gateway,
                        refund.refundId().value(),
                        Optional.of(said(refund)),
                        Optional.empty()));
            } else if (booked != null
                    && (booked.status() != refund.status() || !booked.amount().equals(refund.amount()))) {
                differences.add(refundOf(
                        ours,
                        DifferenceKind.refund_differs,
                        refund.refundId().value(),
                        Optional.of(said(refund)),
                        said(booked)));
            }
        }
        named.forEach((id, refund) -> differences.add(
                refundOf(ours, DifferenceKind.refund_unknown_here, id, Optional.empty(), said(refund))));
    }

    private static boolean tookMoney(AttemptStatus status) {
        return switch (status) {
            case authorised, captured, refunded -> true;
            case open, due_on_delivery, declined, voided -> false;
        };
    }

    private static Difference of(Ours ours, DifferenceKind kind, String said, Optional<String> theirs) {
        return new Difference(
                kind,
                Optional.of(ours.orderId()),
                Optional.of(ours.attempt()),
                Optional.empty(),
                Optional.of(said),
                theirs);
    }

    private static Difference refundOf(
            Ours ours, DifferenceKind kind, String refund, Optional<String> said, Optional<String> theirs) {
        return new Difference(
                kind, Optional.of(ours.orderId()), Optional.of(ours.attempt()), Optional.of(refund), said, theirs);
    }

    private static String said(Ours ours) {
        return ours.status() + " "
                + (ours.status() == AttemptStatus.captured ? ours.captured() : ours.amount()).shown();
    }

    private static String said(Booked theirs) {
        return switch (theirs.standing()) {
            case captured -> {
                Money back = theirs.captured().minus(theirs.left());
                yield "captured " + theirs.captured().shown()
                        + (back.minor() == 0 ? "" : ", " + back.shown() + " of it back");
            }
            case open, authorised, declined, cancelled ->
                theirs.standing() + " " + theirs.amount().shown();
        };
    }

    private static String said(OurRefund refund) {
        return refund.status() + " " + refund.amount().shown();
    }

    private static Optional<String> said(BookedRefund refund) {
        return Optional.of(refund.status() + " " + refund.amount().shown());
    }

    private static ChargeKey last(String cursor) {
        if (!cursor.matches(OURS + "[A-Za-z0-9._:-]{1,64}/[0-9]{1,3}")) {
            throw noNext();
        }
        String[] parts = cursor.substring(OURS.length()).split("/", 2);
        return new ChargeKey(new OrderId(parts[0]), Integer.parseInt(parts[1]));
    }

    private static ProblemException noNext() {
        return new ProblemException(Problem.of(400, "bad_request", "after is the next of the page before."));
    }
}
