package io.journeyman.api;

import io.journeyman.activities.delivery.UnsentOrders;
import io.journeyman.activities.delivery.UnsentOrders.Confirmed;
import io.journeyman.db.DatabaseTrouble;
import io.journeyman.workflows.delivery.Delivery;
import io.journeyman.workflows.delivery.DeliveryStart;
import io.temporal.failure.ApplicationFailure;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives orders a delivery that were confirmed before there were any: once, when a worker starts. A delivery that has begun stays as it is,
 * so that any number of workers may do it.
 */
final class LateDeliveries {
    /** At one start; the next start goes on with older ones. */
    static final int MOST = 500;

    private static final int TRIES = 30;
    private static final Duration PAUSE = Duration.ofSeconds(10);
    private static final Logger log = LoggerFactory.getLogger(LateDeliveries.class);

    private final UnsentOrders orders;
    private final DeliveryStart deliveries;
    private final Duration pause;

    LateDeliveries(UnsentOrders orders, DeliveryStart deliveries) {
        this(orders, deliveries, PAUSE);
    }

    /** @param pause before an agent or a database that does not answer is asked again; it is given up after some minutes, until the next start */
    LateDeliveries(UnsentOrders orders, DeliveryStart deliveries, Duration pause) {
        this.orders = orders;
        this.deliveries = deliveries;
        this.pause = pause;
    }

    /** Beside everything else that the worker does. */
    Thread begin() {
        return Thread.ofVirtual().name("late-deliveries").start(this::go);
    }

    /** Answers how many deliveries began. */
    int go() {
        int begun = 0;
        for (Confirmed order : found()) {
            if (Thread.currentThread().isInterrupted()) {
                break;
            }
            begun += begins(order) ? 1 : 0;
        }
        if (begun > 0) {
            log.info("{} orders from before have a delivery now", begun);
        }
        return begun;
    }

    /** None where the database stays away: the next start looks again. */
    private List<Confirmed> found() {
        for (int tries = 1; ; tries++) {
            try {
                return orders.find(MOST);
            } catch (JdbiException e) {
                if (Thread.currentThread().isInterrupted()) {
                    return List.of();
                }
                if (DatabaseTrouble.of(e).isEmpty()) {
                    throw e;
                }
                if (tries == 1) {
                    log.warn(
                            "orders without a delivery cannot be looked for: {}; tried again for some minutes",
                            e.getMessage());
                } else if (tries == TRIES) {
                    log.warn("orders without a delivery were not looked for: {}", e.getMessage());
                    return List.of();
                }
            }
            LockSupport.parkNanos(pause.toNanos());
        }
    }

    private boolean begins(Confirmed order) {
        for (int tries = 1; ; tries++) {
            try {
                var shipment = orders.shipmentOf(order);
                shipment.ifPresent(id -> deliveries.start(new Delivery.Request(
                        order.order(), id, order.conversation(), order.customer(), order.channel(), order.total())));
                return shipment.isPresent();
            } catch (ApplicationFailure away) {
                if (tries == TRIES || Thread.currentThread().isInterrupted()) {
                    log.warn("order {} has no delivery yet: {}", order.order(), away.getType());
                    return false;
                }
            }
            LockSupport.parkNanos(pause.toNanos());
        }
    }
}
