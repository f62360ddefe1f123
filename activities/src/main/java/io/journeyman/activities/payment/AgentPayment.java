package io.journeyman.activities.payment;

import static io.journeyman.activities.agent.AgentClient.segment;

import io.journeyman.activities.agent.AgentClient;
import io.journeyman.activities.agent.Answer;
import io.journeyman.activities.conversation.Quote;
import io.journeyman.activities.conversation.Quotes;
import io.journeyman.contracts.Money;
import io.journeyman.contracts.OrderId;
import io.journeyman.contracts.Payment.Attempt;
import io.journeyman.contracts.Payment.Attempts;
import io.journeyman.contracts.Payment.CapturePayment;
import io.journeyman.contracts.Payment.Outcome;
import io.journeyman.contracts.Payment.Refund;
import io.journeyman.contracts.Payment.RefundPayment;
import io.journeyman.contracts.Payment.SecurePayment;
import io.journeyman.contracts.QuoteId;
import io.journeyman.contracts.RefundId;
import io.temporal.failure.ApplicationFailure;
import java.util.Optional;
import java.util.Set;

/** The order's money at the payment agent. */
public final class AgentPayment implements PaymentActivities {
    private static final Set<String> NO_REFUND =
            Set.of("not_captured", "settles_outside", "refund_too_large", "too_many_refunds");

    private final AgentClient agent;
    private final Quotes quotes;

    public AgentPayment(AgentClient agent, Quotes quotes) {
        this.agent = agent;
        this.quotes = quotes;
    }

    @Override
    public AttemptsSoFar attempts(OrderId order) {
        Attempts attempts = agent.get("getAttempts", "/orders/" + segment(order) + "/attempts", Attempts.class)
                .orFail();
        int count = 0;
        int secured = 0;
        int unknown = 0;
        Optional<PaymentMethod> last = Optional.empty();
        Optional<Money> left = Optional.empty();
        for (Attempt attempt : attempts.attempts()) {
            count = Math.max(count, attempt.attempt());
            if (attempt.method().isPresent()) {
                last = Optional.of(new PaymentMethod(attempt.method().get(), attempt.token()));
            }
            switch (outcome(attempt)) {
                case SecureOutcome.Secured ignored -> {
                    secured = attempt.attempt();
                    left = attempt.captured()
                            .map(taken -> attempt.givenBack().map(taken::minus).orElse(taken));
                }
                // one that the gateway or the customer has not answered yet is as little settled as one whose answer
                // was lost
                case SecureOutcome.Unknown ignored -> unknown = attempt.attempt();
                case SecureOutcome.Pending ignored -> unknown = attempt.attempt();
                case SecureOutcome.Declined ignored -> {}
                case SecureOutcome.NeedsCustomer ignored -> unknown = attempt.attempt();
            }
        }
        return new AttemptsSoFar(count, secured, unknown, last, left, attempts.credit());
    }

    @Override
    public SecureOutcome secure(OrderId order, int attempt, QuoteId quote, PaymentMethod method) {
        Quote frozen = quotes.get(quote);
        SecurePayment body =
                new SecurePayment(order, attempt, frozen.customerId(), method.kind(), method.token(), frozen.due());
        return switch (agent.change(
                "securePayment", "/attempts", "secure-" + order + "-" + attempt, body, Attempt.class)) {
            case Answer.Done<Attempt>(Attempt done) -> outcome(done);
            // a kept card that was forgotten after the customer had chosen it
            case Answer.Refused<Attempt> refused
            when refused.is("unknown_token") ->
                new SecureOutcome.Declined("unknown_token", refused.problem().suggestions());
            case Answer.Refused<Attempt> refused -> throw refused.failure();
            case Answer.Unavailable<Attempt> unavailable -> throw unavailable.failure();
        };
    }

    /** Each inquiry is a new question: the answer of an earlier one must not be repeated. */
    @Override
    public SecureOutcome inquire(OrderId order, int attempt) {
        return outcome(agent.change(
                        "inquireAttempt",
                        path(order, attempt) + "/inquire",
                        "inquire-" + order + "-" + attempt + "-" + java.util.UUID.randomUUID(),
                        Attempt.class)
                .orFail());
    }

    @Override
    public CaptureOutcome capture(OrderId order, int attempt, Money amount) {
        return switch (agent.change(
                "capturePayment",
                path(order, attempt) + "/capture",
                "capture-" + order + "-" + attempt,
                new CapturePayment(amount),
                Attempt.class)) {
            case Answer.Done<Attempt>(Attempt done) ->
                switch (done.status()) {
                    case captured -> CaptureOutcome.captured;
                    case due_on_delivery -> CaptureOutcome.due_on_delivery;
                    case declined, voided, refunded -> CaptureOutcome.refused;
                    case open, authorised ->
                        throw ApplicationFailure.newFailure("the capture is not done yet", "capture_not_done");
                };
            case Answer.Refused<Attempt> refused when refused.is("not_authorised") -> CaptureOutcome.refused;
            case Answer.Refused<Attempt> refused -> throw refused.failure();
            case Answer.Unavailable<Attempt> unavailable -> throw unavailable.failure();
        };
    }

    @Override
    public void voidAttempt(OrderId order, int attempt) {
        agent.change("voidPayment", path(order, attempt) + "/void", "void-" + order + "-" + attempt, Attempt.class)
                .orFail();
    }

    @Override
    public RefundOutcome refund(OrderId order, int attempt, RefundId refund, Money amount) {
        return refund(order, attempt, new RefundPayment(refund, amount)).outcome();
    }

    @Override
    public PartRefund refundAsFarAsItGoes(OrderId order, int attempt, RefundId refund, Money most) {
        return refund(order, attempt, new RefundPayment(refund, most, Optional.of(true)));
    }

    private PartRefund refund(OrderId order, int attempt, RefundPayment wanted) {
        return switch (agent.change(
                "refundPayment",
                path(order, attempt) + "/refunds",
                "refund-" + wanted.refundId(),
                wanted,
                Refund.class)) {
            case Answer.Done<Refund>(Refund done) -> new PartRefund(done.amount(), outcome(done));
            case Answer.Refused<Refund> refused
            when wanted.mayBeLess() && refused.is("nothing_left") ->
                new PartRefund(new Money(0, wanted.amount().currency()), new RefundOutcome.Refunded());
            // nothing was taken there, or not so much is left of it: no repeat changes that, and staff must look
            case Answer.Refused<Refund> refused
            when NO_REFUND.contains(refused.problem().code()) ->
                new PartRefund(
                        wanted.amount(),
                        new RefundOutcome.Failed(refused.problem().code()));
            case Answer.Refused<Refund> refused -> throw refused.failure();
            case Answer.Unavailable<Refund> unavailable -> throw unavailable.failure();
        };
    }

    /** Each inquiry is a new question. */
    @Override
    public RefundOutcome inquireRefund(RefundId refund) {
        return outcome(agent.change(
                        "inquireRefund",
                        "/refunds/" + segment(refund) + "/inquire",
                        "inquire-refund-" + refund + "-" + java.util.UUID.randomUUID(),
                        Refund.class)
                .orFail());
    }

    private static RefundOutcome outcome(Refund refund) {
        return switch (refund.status()) {
            case refunded -> new RefundOutcome.Refunded();
            case pending -> new RefundOutcome.Pending();
            case failed -> new RefundOutcome.Failed(refund.code().orElse("refund_failed"));
        };
    }

    private static String path(OrderId order, int attempt) {
        return "/attempts/" + segment(order) + "/" + attempt;
    }

    private static SecureOutcome outcome(Attempt attempt) {
        return switch (attempt.outcome()) {
            case secured ->
                switch (attempt.status()) {
                    case authorised -> new SecureOutcome.Secured(SecureOutcome.As.authorised);
                    case captured -> new SecureOutcome.Secured(SecureOutcome.As.captured);
                    case due_on_delivery -> new SecureOutcome.Secured(SecureOutcome.As.due_on_delivery);
                    // it was secured once, and the money went back
                    case voided, refunded, declined ->
                        declined(attempt, attempt.status().name());
                    case open -> new SecureOutcome.Unknown();
                };
            case declined -> declined(attempt, Outcome.declined.name());
            case needs_customer ->
                new SecureOutcome.NeedsCustomer(attempt.code().orElse("needs_customer"));
            case pending -> new SecureOutcome.Pending();
            case unknown -> new SecureOutcome.Unknown();
        };
    }

    private static SecureOutcome declined(Attempt attempt, String otherwise) {
        return new SecureOutcome.Declined(attempt.code().orElse(otherwise), attempt.suggestions());
    }
}
