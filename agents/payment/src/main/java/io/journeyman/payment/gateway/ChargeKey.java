package io.journeyman.payment.gateway;

import io.journeyman.contracts.OrderId;

/** One charge's name at the gateway, for ever: the attempt that it is made for. */
public record ChargeKey(OrderId orderId, int attempt) {
    @Override
    public String toString() {
        return orderId + "/" + attempt;
    }
}
