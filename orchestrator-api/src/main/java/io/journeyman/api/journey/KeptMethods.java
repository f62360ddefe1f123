package io.journeyman.api.journey;

import io.journeyman.activities.agent.AgentClient;
import io.journeyman.activities.agent.Answer;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Payment.ListPaymentMethods;
import io.journeyman.contracts.Payment.PaymentMethods;

/** The cards that a customer had kept for the next time, at the payment agent. */
public final class KeptMethods {
    private final AgentClient payment;

    public KeptMethods(AgentClient payment) {
        this.payment = payment;
    }

    public Answer<PaymentMethods> of(CustomerId customer) {
        return payment.ask(
                "listPaymentMethods", "/payment-methods", new ListPaymentMethods(customer), PaymentMethods.class);
    }
}
