package io.journeyman.contracts;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The records of {@code payment.json}: tokenisation, attempts, refunds, store credit. Card numbers end here, in {@link Tokenise}, and are never stored. */
public interface Payment {
    /** Opens a one-time session in which the customer's page may tokenise one card. */
    record OpenTokenisation(CustomerId customerId) {}

    /** @param secret what the page presents, once; @param url where it sends the card */
    record TokenisationSession(String sessionId, String secret, String url, Instant expiresAt) {}

    /**
     * Sent by the page itself. The card number has 12 to 19 digits with spaces or dashes, or one of the seed's mock cards, 4242, 1111,
     * 2222 and 3333.
     *
     * @param keep whether the customer wants the card kept for the next time
     */
    record Tokenise(
            String sessionId,
            String secret,
            String cardNumber,
            Optional<String> expiry,
            Optional<String> cvc,
            Optional<Boolean> keep) {}

    /**
     * @param last4 of a card
     * @param label as the customer may see it: Visa ending 4242, UPI as…@okbank
     */
    record Tokenised(PaymentToken token, String brand, Optional<String> last4, String label) {}

    record ListPaymentMethods(CustomerId customerId) {}

    /** @param methods the newest first */
    record PaymentMethods(CustomerId customerId, List<KeptMethod> methods) {}

    /**
     * A card that a customer had kept for the next time.
     *
     * @param expires MM/YY, where it was given
     * @param label as the customer may see it: Visa ending 4242
     */
    record KeptMethod(PaymentToken token, String brand, String last4, Optional<String> expires, String label) {}

    record ListKeptCards(CustomerId customerId) {}

    /** The cards as they may be told of, without what stands for them. @param cards the newest first */
    record KeptCards(CustomerId customerId, List<KeptCard> cards) {}

    /**
     * @param expires MM/YY, where it was given
     * @param label as the customer may see it: Visa ending 4242
     * @param payingFor the orders that are just being paid with it
     */
    record KeptCard(String brand, String last4, Optional<String> expires, String label, List<OrderId> payingFor) {}

    /** Forgets cards, by what the customer knows of them. {@code removalId} is the business key. */
    record ForgetCards(CardRemovalId removalId, CustomerId customerId, List<NamedCard> cards) {}

    record NamedCard(String brand, String last4, Optional<String> expires) {}

    /** @param payingFor the orders that are being paid with one of them, which goes on */
    record ForgottenCards(CardRemovalId removalId, List<OrderId> payingFor) {}

    record RemovePaymentMethod(CustomerId customerId) {}

    record RemovedPaymentMethod(PaymentToken token) {}

    /** @param vpa a UPI address, such as asha@okbank; it is stored nowhere */
    record TokeniseVpa(CustomerId customerId, String vpa) {
        /** Shows nothing of it. */
        @Override
        public String toString() {
            return "TokeniseVpa[…]";
        }
    }

    /** @param paymentMethod the gateway's name, pm_…, of what its own form made in the customer's browser */
    record TokeniseMethod(CustomerId customerId, String paymentMethod) {}

    /** One attempt to secure an order's payment. {@code attempt} counts from 1; (orderId, attempt) is the business key. */
    record SecurePayment(
            OrderId orderId,
            int attempt,
            CustomerId customerId,
            MethodKind method,
            Optional<PaymentToken> token,
            Money amount) {}

    record CapturePayment(Money amount) {}

    enum MethodKind {
        card,
        cash_on_delivery,
        upi
    }

    /**
     * @param outcome secured, declined, needs_customer, pending or unknown
     * @param status where its money stands, also after it was voided or refunded
     * @param code insufficient_funds, expired_card, network_error… when declined or unknown
     * @param method by which it was tried; empty for one that was undone before it came
     * @param captured what was taken of the amount, once it is captured: all of it or a part
     * @param confirmAt where the customer confirms it with their bank, while that is asked for
     * @param givenBack what of it was refunded, or is on its way back, once it is captured
     */
    record Attempt(
            OrderId orderId,
            int attempt,
            Outcome outcome,
            AttemptStatus status,
            Optional<String> code,
            Optional<String> detail,
            List<String> suggestions,
            Money amount,
            Optional<MethodKind> method,
            Optional<PaymentToken> token,
            Optional<String> confirmAt,
            Optional<Money> captured,
            Optional<Money> givenBack) {
        /** The same one, to be confirmed elsewhere. */
        public Attempt toBeConfirmedAt(String at) {
            return new Attempt(
                    orderId,
                    attempt,
                    outcome,
                    status,
                    code,
                    detail,
                    suggestions,
                    amount,
                    method,
                    token,
                    Optional.of(at),
                    captured,
                    givenBack);
        }
    }

    enum Outcome {
        secured,
        declined,
        needs_customer,
        pending,
        unknown
    }

    enum AttemptStatus {
        open,
        authorised,
        captured,
        due_on_delivery,
        declined,
        voided,
        refunded
    }

    /**
     * How many attempts an order has and which is live, so that a restarted journey goes on where it was.
     *
     * @param credit the store credit that pays the order, or a part of it: set aside or spent
     */
    record Attempts(OrderId orderId, List<Attempt> attempts, Optional<Money> credit) {}

    /**
     * Part or all of what an attempt captured goes back to where it came from. {@code refundId} is the business key.
     *
     * @param asFarAsItGoes whether less may go back, where less is left of the attempt
     */
    record RefundPayment(RefundId refundId, Money amount, Optional<Boolean> asFarAsItGoes) {
        public RefundPayment(RefundId refundId, Money amount) {
            this(refundId, amount, Optional.empty());
        }

        public boolean mayBeLess() {
            return asFarAsItGoes.orElse(false);
        }
    }

    /**
     * @param refundedInAll what went back of the attempt so far, by this refund and others; what is pending does not count yet
     * @param code why it failed, or network_error while nobody knows what became of it
     */
    record Refund(
            OrderId orderId,
            int attempt,
            RefundId refundId,
            RefundStatus status,
            Money amount,
            Money refundedInAll,
            Optional<String> code) {}

    record GetStoreCredit(CustomerId customerId) {}

    /**
     * @param spendable what can be spent now
     * @param reserved what orders under way have set aside
     * @param expiring what of it can be used until when, the next first; the rest does not expire
     * @param entries what moved last, the newest first
     */
    record StoreCredit(
            CustomerId customerId,
            Money spendable,
            Money reserved,
            List<ExpiringCredit> expiring,
            List<CreditEntry> entries) {}

    record ExpiringCredit(Money amount, Instant at) {}

    /** @param told reminders whose customers know them */
    record AskReminders(List<ReminderId> told) {}

    record CreditReminders(List<CreditReminder> reminders) {}

    /** Store credit of which its customer does not know yet that it will end. @param endings the next first */
    record CreditReminder(ReminderId reminderId, CustomerId customerId, List<ExpiringCredit> endings) {}

    /**
     * @param reason why it was granted, as staff said it
     * @param expiresAt the date of what moved, while it is the customer's; none where it does not expire
     */
    record CreditEntry(
            Instant at,
            CreditMove kind,
            Money amount,
            Optional<OrderId> orderId,
            Optional<String> reason,
            Optional<Instant> expiresAt) {}

    /** A customer's store credit as staff see it. @param grants the newest first */
    record CreditAccount(
            CustomerId customerId,
            Money spendable,
            Money reserved,
            List<ExpiringCredit> expiring,
            List<GrantedCredit> grants,
            List<CreditEntry> entries) {}

    record GrantedCredit(
            CreditId grantId,
            GrantStatus status,
            Money amount,
            String reason,
            Optional<OrderId> orderId,
            Instant grantedAt,
            Optional<Instant> expiresAt) {}

    enum CreditMove {
        granted,
        taken_back,
        reserved,
        freed,
        spent,
        given_back,
        expired
    }

    /**
     * @param grantId the business key; of a return that is refunded as credit its id
     * @param reason why; the customer may see it
     * @param orderId the order that it is for
     * @param expiresAt until when it can be used; where it is not said, as long as the shop's setting has it
     * @param neverExpires that the shop's setting does not count, and nothing else is said
     */
    record GrantCredit(
            CreditId grantId,
            CustomerId customerId,
            Money amount,
            String reason,
            Optional<OrderId> orderId,
            Optional<Instant> expiresAt,
            Optional<Boolean> neverExpires) {}

    /** @param amount 0 for one that was taken back before it came; {@code expiresAt} until when it can be used */
    record CreditGrant(CreditId grantId, GrantStatus status, Money amount, Optional<Instant> expiresAt) {}

    enum GrantStatus {
        granted,
        taken_back
    }

    /**
     * @param useId the business key; each run of a checkout has one of its own
     * @param orderTotal what the order costs in all, this credit and the rest
     */
    record ReserveCredit(CreditId useId, OrderId orderId, CustomerId customerId, Money amount, Money orderTotal) {}

    /** @param orderId empty for one that was released before it came */
    record CreditUse(CreditId useId, Optional<OrderId> orderId, UseStatus status, Money amount) {}

    enum UseStatus {
        reserved,
        spent,
        released
    }

    /**
     * @param amount what goes back in all
     * @param asFarAsItGoes that of the amount only what is left of the order counts
     */
    record RefundCredit(RefundId refundId, Money amount, Optional<Boolean> asFarAsItGoes) {
        public RefundCredit(RefundId refundId, Money amount) {
            this(refundId, amount, Optional.empty());
        }
    }

    /** @param credit what is the customer's credit again; {@code rest} has to go back another way */
    record CreditRefund(RefundId refundId, OrderId orderId, Money credit, Money rest) {}

    /** @param heard false for an event that is of no matter here */
    record WebhookHeard(boolean heard) {}

    /**
     * A part of the comparison with the gateway's books.
     *
     * @param checked how many payments of ours, or charges of the gateway, were looked at
     * @param next where it goes on; empty when all was compared
     */
    record ReconciledPage(int checked, List<Difference> differences, Optional<String> next) {}

    /**
     * @param refundId which refund, where it is about one: our name of it, or the gateway's
     * @param ours what we have, empty when we have nothing of it
     * @param gateways what the gateway has, empty when it has nothing of it
     */
    record Difference(
            DifferenceKind kind,
            Optional<OrderId> orderId,
            Optional<Integer> attempt,
            Optional<String> refundId,
            Optional<String> ours,
            Optional<String> gateways) {}

    enum DifferenceKind {
        status_differs,
        amount_differs,
        unknown_at_gateway,
        unknown_here,
        refund_differs,
        refund_unknown_at_gateway,
        refund_unknown_here
    }

    enum RefundStatus {
        refunded,
        pending,
        failed
    }
}
