package io.journeyman.postpurchase.returns;

import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Line;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.PostPurchase.ChooseRemedy;
import io.journeyman.contracts.PostPurchase.Closing;
import io.journeyman.contracts.PostPurchase.Exchange;
import io.journeyman.contracts.PostPurchase.ExchangeState;
import io.journeyman.contracts.PostPurchase.ExchangeWanted;
import io.journeyman.contracts.PostPurchase.InspectReturn;
import io.journeyman.contracts.PostPurchase.InspectedLine;
import io.journeyman.contracts.PostPurchase.QuoteReturn;
import io.journeyman.contracts.PostPurchase.RecordReturn;
import io.journeyman.contracts.PostPurchase.Remedy;
import io.journeyman.contracts.PostPurchase.Return;
import io.journeyman.contracts.PostPurchase.ReturnLine;
import io.journeyman.contracts.PostPurchase.ReturnQuote;
import io.journeyman.contracts.PostPurchase.ReturnReason;
import io.journeyman.contracts.PostPurchase.ReturnState;
import io.journeyman.contracts.PostPurchase.ReturnStatus;
import io.journeyman.contracts.PostPurchase.ReturnedLine;
import io.journeyman.contracts.PostPurchase.SettleReturn;
import io.journeyman.contracts.Problem;
import io.journeyman.contracts.ReturnId;
import io.journeyman.contracts.Sku;
import io.journeyman.kit.ProblemException;
import io.journeyman.postpurchase.returns.PieceTable.Bought;
import io.journeyman.postpurchase.returns.ReturnTable.Head;
import io.journeyman.postpurchase.warranty.WarrantyTable;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * The shop's returns, within the caller's transaction, which must be rolled back when it throws: requested → inspected → refunded,
 * replaced or repaired; or refused; or closed, when nothing came.
 */
final class Returns {
    /** A return that was quoted in time is recorded in time, though its customer thought about it and the shop was away meanwhile. */
    private static final Duration GRACE = Duration.ofDays(1);

    /** A piece, what came in exchange for it, what came for that… so many orders at most. */
    private static final int MOST_IN_A_ROW = 5;

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String READABLE = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

    private final ReturnTable table;
    private final RuleTable rules;
    private final WarrantyTable warranties;

    Returns(Handle handle) {
        this.table = handle.attach(ReturnTable.class);
        this.rules = handle.attach(RuleTable.class);
        this.warranties = handle.attach(WarrantyTable.class);
    }

    /**
     * @throws ProblemException unknown_order, not_in_order, not_returnable_yet, nothing_to_return, final_sale, window_over,
     *     exchanged_too_often; of a warranty returnable, no_warranty, warranty_over
     */
    ReturnQuote quote(QuoteReturn asked, Instant now) {
        boolean exchange = asked.exchange().orElse(false);
        if (asked.reason() == ReturnReason.warranty) {
            new Conditions(rules.all())
                    .checkOver(
                            asked.lines(),
                            bought(asked.customerId(), asked.orderId()).since(),
                            now);
        }
        var quote = workedOut(asked.customerId(), asked.orderId(), asked.reason(), asked.lines(), exchange, now)
                .quote();
        if (exchange && paidBy(asked.orderId()).size() >= MOST_IN_A_ROW) {
            throw new ProblemException(Problem.of(
                    409,
                    "exchanged_too_often",
                    "These pieces came in exchange already, several times in a row.",
                    "Offer to return them for money."));
        }
        return quote;
    }

    /** @throws ProblemException return_differs, refund_changed, exchange_differs, and what {@link #quote} says */
    Return record(RecordReturn wanted, Instant now) {
        var before = table.lock(wanted.returnId());
        if (before.isPresent()) {
            return again(before.get(), wanted);
        }
        var bought = bought(wanted.customerId(), wanted.orderId());
        table.lockOrder(bought.orderId());
        var exchange = wanted.exchange();
        var refund = workedOut(
                wanted.customerId(),
                wanted.orderId(),
                wanted.reason(),
                wanted.lines(),
                exchange.isPresent(),
                now.minus(GRACE));
        var inAll =
                exchange.map(instead -> wanted.refund().plus(instead.credit())).orElse(wanted.refund());
        if (!refund.quote().refund().equals(inAll)
                || !refund.quote().fee().equals(wanted.fee())
                || wanted.refund().minor() < 0) {
            throw new ProblemException(Problem.of(
                    409,
                    "refund_changed",
                    "It would not be refunded with that amount any more; nothing is recorded.",
                    "Quote it again."));
        }
        exchange.ifPresent(instead -> checkPays(wanted, instead));
        boolean first = table.open(
                wanted,
                refund.chosen().value().minor(),
                refund.chosen().ofAll(),
                wanted.refund().currency(),
                label(),
                exchange.map(ExchangeWanted::orderId),
                exchange.map(ExchangeWanted::credit),
                now);
        if (!first) {
            return again(table.lock(wanted.returnId()).orElseThrow(), wanted);
        }
        int position = 0;
        for (var line : refund.quote().lines()) {
            table.line(
                    wanted.returnId(),
                    position++,
                    line.sku(),
                    line.quantity(),
                    line.refund().minor());
        }
        for (var piece : refund.chosen().pieces()) {
            table.take(
                    bought.orderId(),
                    piece.position(),
                    piece.piece(),
                    wanted.returnId(),
                    refund.chosen().of(piece));
        }
        return find(wanted.returnId());
    }

    /** @throws ProblemException unknown_return */
    Return find(ReturnId id) {
        return whole(known(table.find(id)));
    }

    /** @throws ProblemException unknown_return, return_closed, inspection_differs, inspection_incomplete, no_claim */
    Return inspect(ReturnId id, InspectReturn inspection, Instant now) {
        var head = known(table.lock(id));
        var lines = table.linesOf(id);
        Map<Sku, InspectedLine> looked = complete(lines, inspection.lines());
        boolean taken = looked.values().stream().anyMatch(line -> line.accepted() > 0);
        var remedy = remedy(head, inspection, taken);
        switch (head.status()) {
            case not_received, cancelled ->
                throw new ProblemException(Problem.of(
                        409,
                        "return_closed",
                        "That return has ended without its pieces; they may be returned anew.",
                        "Record a new return for what came."));
            case inspected, refunded, refused, replaced, repaired -> {
                boolean same = lines.stream().allMatch(line -> says(line, looked.get(line.sku())))
                        && head.remedy().equals(remedy);
                if (!same) {
                    throw new ProblemException(
                            Problem.of(409, "inspection_differs", "That return was inspected, with another outcome."));
                }
            }
            case requested -> {
                looked.values().forEach(line -> table.looked(id, line));
                long value = isRefunded(remedy) ? worthOfTaken(id) : 0;
                boolean whole = looked.values().stream().allMatch(line -> line.refused() == 0);
                // only what comes back as a whole is exchanged
                var exchange = head.exchangeState().map(state -> whole ? state : ExchangeState.off);
                long kept = head.fee().orElseThrow().minor()
                        + (whole ? head.exchangeCredit().map(Money::minor).orElse(0L) : 0);
                table.inspected(
                        id,
                        taken ? ReturnStatus.inspected : ReturnStatus.refused,
                        inspection.inspectedBy(),
                        value,
                        Math.max(0, value - kept),
                        exchange,
                        remedy,
                        now);
            }
        }
        return find(id);
    }

    /** What the customer of a claim gets; empty where nothing of it is taken, and of other returns. @throws ProblemException no_claim */
    private static Optional<Remedy> remedy(Head head, InspectReturn inspection, boolean taken) {
        if (!head.isClaim()) {
            if (!isRefunded(inspection.remedy())) {
                throw new ProblemException(Problem.of(
                        422,
                        "no_claim",
                        "Only what was claimed under a warranty is replaced or repaired.",
                        "Refund what you take, or refuse it."));
            }
            return Optional.empty();
        }
        return taken ? Optional.of(inspection.remedy().orElse(Remedy.refund)) : Optional.empty();
    }

    private static boolean isRefunded(Optional<Remedy> remedy) {
        return remedy.orElse(Remedy.refund) == Remedy.refund;
    }

    /** In minor units. */
    private long worthOfTaken(ReturnId id) {
        return table.linesOf(id).stream()
                .mapToLong(line -> table.worth(id, line.sku(), line.accepted()))
                .sum();
    }

    /**
     * What was chosen could not be done, and the claim's customer gets something else. A refund is for good: its money is on its way.
     *
     * @throws ProblemException unknown_return, no_claim, remedy_differs, remedy_done
     */
    Return choose(ReturnId id, ChooseRemedy choice, Instant now) {
        var head = known(table.lock(id));
        var standing = head.remedy()
                .orElseThrow(() -> new ProblemException(
                        Problem.of(409, "no_claim", "That return is no claim whose pieces were taken.")));
        if (standing == choice.remedy()) {
            return whole(head);
        }
        if (head.status() != ReturnStatus.inspected || standing == Remedy.refund) {
            throw new ProblemException(Problem.of(
                    409, "remedy_done", "That claim is " + head.status() + ", by " + standing + ", and stays so."));
        }
        if (standing != choice.insteadOf()) {
            throw new ProblemException(Problem.of(
                    409,
                    "remedy_differs",
                    "By now " + standing + " stands for that claim.",
                    "Read it again, and choose instead of that."));
        }
        long value = choice.remedy() == Remedy.refund ? worthOfTaken(id) : 0;
        table.choose(
                id,
                choice.remedy(),
                choice.chosenBy(),
                value,
                Math.max(0, value - head.fee().orElseThrow().minor()),
                now);
        return find(id);
    }

    /**
     * Something goes back to the customer. What was replaced or repaired is theirs again, and may be claimed until the warranty that it
     * was sold with ends.
     *
     * @throws ProblemException unknown_return, not_inspected, sent_back_differs
     */
    Return sentBack(ReturnId id, String trackingId, Instant now) {
        var head = known(table.lock(id));
        if (head.trackingId().isPresent()) {
            if (!head.trackingId().get().equals(trackingId)) {
                throw new ProblemException(Problem.of(
                        409, "sent_back_differs", "That return went back to its customer in another parcel."));
            }
            return whole(head);
        }
        var stands = switch (head.status()) {
            case inspected ->
                switch (head.remedy().orElse(Remedy.refund)) {
                    case refund -> ReturnStatus.inspected;
                    case replace -> ReturnStatus.replaced;
                    case repair -> ReturnStatus.repaired;
                };
            case refunded, refused, replaced, repaired -> head.status();
            case requested, not_received, cancelled ->
                throw new ProblemException(
                        Problem.of(409, "not_inspected", "Only what was looked at goes back; it is " + head.status()));
        };
        table.sentBack(id, stands, trackingId, now);
        if (stands == ReturnStatus.replaced || stands == ReturnStatus.repaired) {
            table.giveBackTaken(id);
        }
        return find(id);
    }

    /**
     * Decides, once, whether the other piece is sent. When it is not, what was taken is refunded in money.
     *
     * @throws ProblemException unknown_return, no_exchange, exchange_settled, not_inspected
     */
    Return exchange(ReturnId id, boolean agreed, Instant now) {
        var head = known(table.lock(id));
        var exchange = head.exchange()
                .orElseThrow(() -> new ProblemException(
                        Problem.of(409, "no_exchange", "Nothing comes instead of what that return sends back.")));
        var wanted = agreed ? ExchangeState.agreed : ExchangeState.off;
        if (exchange.state() == ExchangeState.open) {
            if (head.status() != ReturnStatus.inspected) {
                throw new ProblemException(Problem.of(
                        409,
                        "not_inspected",
                        "Only what was looked at and taken is exchanged; it is " + head.status()));
            }
            long refund = head.refund().orElseThrow().minor()
                    + (agreed ? 0 : exchange.credit().minor());
            table.exchanged(id, wanted, refund, now);
        } else if (exchange.state() != wanted) {
            throw new ProblemException(
                    Problem.of(409, "exchange_settled", "That exchange is " + exchange.state() + " already."));
        }
        return find(id);
    }

    /** @throws ProblemException return_inspected */
    ReturnState close(ReturnId id, Closing to, Instant now) {
        if (table.bury(id, now)) {
            return new ReturnState(id, ReturnStatus.cancelled);
        }
        var head = table.lock(id).orElseThrow();
        return switch (head.status()) {
            case not_received, cancelled -> new ReturnState(id, head.status());
            case inspected, refunded, refused, replaced, repaired ->
                throw new ProblemException(Problem.of(
                        409, "return_inspected", "That return came back and was inspected; it cannot be closed."));
            case requested -> {
                var closed = ReturnStatus.valueOf(to.name());
                table.giveUp(id);
                table.close(id, closed, now);
                yield new ReturnState(id, closed);
            }
        };
    }

    /** @throws ProblemException unknown_return, not_inspected, exchange_open */
    Return settle(ReturnId id, SettleReturn settlement, Instant now) {
        var head = known(table.lock(id));
        switch (head.status()) {
            case refunded -> {}
            case inspected -> {
                if (head.isExchange(ExchangeState.open)) {
                    throw new ProblemException(
                            Problem.of(409, "exchange_open", "It is not decided yet whether the other piece is sent."));
                }
                if (!isRefunded(head.remedy())) {
                    throw new ProblemException(Problem.of(
                            409,
                            "not_inspected",
                            "That claim is not refunded: " + head.remedy().get() + " was chosen."));
                }
                table.settled(id, settlement.by(), settlement.reference(), now);
            }
            case requested, refused, replaced, repaired, not_received, cancelled ->
                throw new ProblemException(Problem.of(
                        409, "not_inspected", "Only what was inspected and taken is refunded; it is " + head.status()));
        }
        return find(id);
    }

    private record Refund(ReturnQuote quote, ChosenPieces chosen) {}

    private Refund workedOut(
            CustomerId customer,
            OrderId order,
            ReturnReason reason,
            List<ReturnLine> asked,
            boolean exchange,
            Instant now) {
        var bought = bought(customer, order);
        var conditions = new Conditions(rules.all());
        Instant returnBy = reason == ReturnReason.warranty
                ? claimBy(order, asked, now)
                : conditions.returnBy(asked, reason, bought.since(), now);
        var chosen = ChosenPieces.of(table, bought, plain(asked), Returns::tooFew);
        var value = chosen.value();
        var fee = new Money(Math.min(conditions.fee(asked, reason, exchange), value.minor()), value.currency());
        return new Refund(
                new ReturnQuote(
                        order,
                        asked.stream().map(line -> line(line, chosen)).toList(),
                        chosen.goods(),
                        chosen.goods().minus(value),
                        fee,
                        value.minus(fee),
                        returnBy,
                        Optional.of(paidBy(order))),
                chosen);
    }

    /** The last moment for all of these lines. @throws ProblemException no_warranty, warranty_over */
    private Instant claimBy(OrderId order, List<ReturnLine> asked, Instant now) {
        Instant first = Instant.MAX;
        for (var line : asked) {
            Instant ends = warranties
                    .ends(order, line.sku())
                    .orElseThrow(() -> new ProblemException(Problem.of(
                            409,
                            "no_warranty",
                            line.sku() + " was sold without a warranty, or has not been delivered.",
                            "Look with get_warranty, and say so honestly.")));
            first = ends.isBefore(first) ? ends : first;
        }
        if (!now.isBefore(first)) {
            throw new ProblemException(
                    Problem.of(
                            409,
                            "warranty_over",
                            "The warranty of it has ended.",
                            "Say so honestly; the date is in get_warranty."),
                    Map.of("ended", first));
        }
        return first;
    }

    private static List<Line> plain(List<ReturnLine> lines) {
        return lines.stream().map(line -> new Line(line.sku(), line.quantity())).toList();
    }

    private Bought bought(CustomerId customer, OrderId order) {
        var bought = table.bought(customer, order)
                .orElseThrow(() -> new ProblemException(Problem.of(
                        404,
                        "unknown_order",
                        "There is no such order.",
                        "Ask for the latest orders and use one of their ids.")));
        if (bought.imported()) {
            throw new ProblemException(Problem.of(
                    409,
                    "placed_elsewhere",
                    "This order was placed and paid elsewhere, so that nothing can be refunded here.",
                    "Tell the customer that our staff take it back by hand."));
        }
        return switch (bought.status()) {
            case confirmed, shipped, delivered -> bought;
            case pending, payment_failed, cancelled ->
                throw new ProblemException(Problem.of(
                        409,
                        "not_returnable_yet",
                        "The order is " + bought.status() + ": nothing of it was bought.",
                        "Read the order's status to the customer."));
        };
    }

    private static Problem tooFew(Line line, int left) {
        return Problem.of(
                409,
                "nothing_to_return",
                "Of " + line.sku() + " " + left
                        + " pieces can be returned; the others are on their way back, came back, or"
                        + " were cancelled.",
                "Tell the customer what the order's record says of its returns.");
    }

    private static ReturnedLine line(ReturnLine asked, ChosenPieces chosen) {
        var line = chosen.ordered(asked.sku());
        return new ReturnedLine(
                line.sku(),
                line.productId(),
                line.name(),
                line.size(),
                line.color(),
                asked.quantity(),
                line.unitPrice(),
                chosen.cost(line.sku()),
                0,
                0,
                Optional.empty());
    }

    /** One that was closed before it came says nothing of its content: it answers with what was wanted, cancelled. */
    private Return again(Head head, RecordReturn wanted) {
        if (head.orderId().isEmpty()) {
            return buried(head, wanted);
        }
        boolean same = head.orderId().equals(Optional.of(wanted.orderId()))
                && head.exchangeOrder().equals(wanted.exchange().map(ExchangeWanted::orderId))
                && head.customerId().equals(Optional.of(wanted.customerId()))
                && head.quoteId().equals(Optional.of(wanted.quoteId()));
        if (!same) {
            throw new ProblemException(Problem.of(
                    409, "return_differs", "That return stands with other content; a new one needs a new id."));
        }
        return whole(head);
    }

    private Return buried(Head head, RecordReturn wanted) {
        var nothing = new Money(0, wanted.refund().currency());
        var none = ChosenPieces.none(table.lines(wanted.orderId()), nothing.currency());
        var lines = wanted.lines().stream().map(line -> line(line, none)).toList();
        return new Return(
                head.returnId(),
                wanted.orderId(),
                wanted.customerId(),
                wanted.quoteId(),
                ReturnStatus.cancelled,
                wanted.reason(),
                lines,
                wanted.fee(),
                wanted.refund(),
                nothing,
                nothing,
                List.of(wanted.orderId()),
                "none",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                wanted.exchange().map(instead -> new Exchange(instead.orderId(), instead.credit(), ExchangeState.off)),
                Optional.empty(),
                Optional.empty(),
                head.recordedAt());
    }

    private Return whole(Head head) {
        return new Return(
                head.returnId(),
                head.orderId().orElseThrow(),
                head.customerId().orElseThrow(),
                head.quoteId().orElseThrow(),
                head.status(),
                head.reason().orElseThrow(),
                table.linesOf(head.returnId()),
                head.fee().orElseThrow(),
                head.refund().orElseThrow(),
                head.value().orElseThrow(),
                head.orderValue().orElseThrow(),
                paidBy(head.orderId().orElseThrow()),
                head.label().orElseThrow(),
                head.inspectedBy(),
                head.settledBy(),
                head.reference(),
                head.exchange(),
                head.remedy(),
                head.trackingId(),
                head.recordedAt());
    }

    private List<OrderId> paidBy(OrderId order) {
        return table.paidBy(order, MOST_IN_A_ROW + 1);
    }

    private void checkPays(RecordReturn wanted, ExchangeWanted instead) {
        if (!table.pays(wanted.returnId(), wanted.customerId(), instead.orderId(), instead.credit())) {
            throw new ProblemException(Problem.of(
                    409,
                    "exchange_differs",
                    "The order of what comes instead is not recorded, is cancelled, or is paid otherwise.",
                    "Record it first, with this return and this amount."));
        }
    }

    private static Map<Sku, InspectedLine> complete(List<ReturnedLine> lines, List<InspectedLine> inspected) {
        boolean once = inspected.stream().map(InspectedLine::sku).distinct().count() == inspected.size();
        Map<Sku, InspectedLine> looked =
                once ? inspected.stream().collect(Collectors.toMap(InspectedLine::sku, Function.identity())) : Map.of();
        boolean whole = looked.size() == lines.size()
                && lines.stream()
                        .allMatch(line -> Optional.ofNullable(looked.get(line.sku()))
                                .filter(one -> one.accepted() + one.refused() == line.quantity()
                                        && one.refused() > 0 == one.refusal().isPresent())
                                .isPresent());
        if (!whole) {
            throw new ProblemException(Problem.of(
                    422,
                    "inspection_incomplete",
                    "Each line of the return is needed once, with all its pieces, and with a reason where some are"
                            + " refused.",
                    "Read the return and account for each of its pieces."));
        }
        return looked;
    }

    private static boolean says(ReturnedLine line, InspectedLine other) {
        return line.accepted() == other.accepted()
                && line.refused() == other.refused()
                && line.refusal().equals(other.refusal());
    }

    private static Head known(Optional<Head> head) {
        return head.filter(one -> one.orderId().isPresent())
                .orElseThrow(() -> new ProblemException(Problem.of(404, "unknown_return", "There is no such return.")));
    }

    /** Short enough to be written on a parcel by hand, and nothing in it is taken for another letter. */
    private static String label() {
        return "RL-"
                + RANDOM.ints(8, 0, READABLE.length())
                        .mapToObj(at -> READABLE.substring(at, at + 1))
                        .collect(Collectors.joining());
    }
}
