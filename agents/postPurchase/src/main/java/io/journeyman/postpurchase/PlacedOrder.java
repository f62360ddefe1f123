package io.journeyman.postpurchase;

import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.PostPurchase.Order;
import io.journeyman.contracts.PostPurchase.OrderCancellation;
import io.journeyman.contracts.PostPurchase.OrderReturn;
import io.journeyman.contracts.PostPurchase.OrderStatus;
import io.journeyman.contracts.PostPurchase.PaidByReturn;
import io.journeyman.contracts.PostPurchase.RecordOrder;
import io.journeyman.contracts.PostPurchase.Transition;
import io.journeyman.contracts.PricedLine;
import io.journeyman.contracts.QuoteId;
import io.journeyman.contracts.ReturnId;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** A recorded order without its lines, its address and its past. */
public record PlacedOrder(
        OrderId orderId,
        CustomerId customerId,
        OrderStatus status,
        QuoteId quoteId,
        Money discount,
        Money deliveryFee,
        Money taxIncluded,
        Money total,
        LocalDate promisedDate,
        Optional<String> trackingId,
        Instant placedAt,
        Optional<ReturnId> paidByReturn,
        Money credit) {
    boolean records(RecordOrder order) {
        return customerId.equals(order.customerId()) && quoteId.equals(order.quoteId()) && total.equals(order.total());
    }

    Order with(
            List<PricedLine> lines,
            List<Transition> transitions,
            List<OrderReturn> returns,
            List<OrderCancellation> cancellations) {
        return new Order(
                orderId,
                customerId,
                status,
                lines,
                discount,
                deliveryFee,
                taxIncluded,
                total,
                promisedDate,
                trackingId,
                placedAt,
                transitions,
                returns,
                paidByReturn.map(back -> new PaidByReturn(back, credit)),
                cancellations);
    }
}
