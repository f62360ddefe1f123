package io.journeyman.activities.returns;

import io.journeyman.contracts.Money;
import io.journeyman.contracts.ReturnId;

/**
 * What goes back for an order that is an exchange.
 *
 * @param refund what the customer gets back in money beside the other piece, as they confirmed it
 */
public record ExchangedReturn(ReturnId returnId, Money refund) {}
