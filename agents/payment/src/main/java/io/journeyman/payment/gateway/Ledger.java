package io.journeyman.payment.gateway;

import io.journeyman.contracts.Money;
import io.journeyman.contracts.Payment.RefundStatus;
import io.journeyman.payment.gateway.Gateway.GatewayUnreachable;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The gateway's own books, to be compared with ours. Reading them changes nothing. */
public interface Ledger {
    /**
     * The charge as it stands there; empty when the gateway has none, or never got further than opening it.
     *
     * @throws GatewayUnreachable when there is no answer
     */
    Optional<Booked> booked(ChargeKey key);

    /**
     * Charges that were opened in a time, in an order that does not change.
     *
     * @param after where the page before ended
     * @throws NoSuchPlace when the gateway does not know that place
     * @throws GatewayUnreachable when there is no answer
     */
    Page opened(Instant from, Instant to, Optional<String> after, int most);

    /** @param next empty when this page is the last one */
    record Page(List<Booked> charges, Optional<String> next) {}

    /**
     * @param name by which the gateway knows it
     * @param key empty when it is not this shop's
     * @param captured what was taken, before anything went back
     */
    record Booked(
            String name,
            Optional<ChargeKey> key,
            Standing standing,
            Money amount,
            Money captured,
            List<BookedRefund> refunds) {
        /** What is still the shop's of a capture. */
        public Money left() {
            return refunds.stream()
                    .filter(refund -> refund.status() != RefundStatus.failed)
                    .map(BookedRefund::amount)
                    .reduce(captured, Money::minus);
        }
    }

    /** @param refundId empty when nobody here gave it a name: the rest of a payment that was undone, or somebody at the gateway */
    record BookedRefund(String name, Optional<String> refundId, RefundStatus status, Money amount) {}

    /** No page ended there. */
    final class NoSuchPlace extends RuntimeException {
        public NoSuchPlace() {
            super(null, null, false, false);
        }
    }

    enum Standing {
        /** Not decided yet. */
        open,
        authorised,
        captured,
        declined,
        cancelled
    }
}
