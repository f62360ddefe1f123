package io.journeyman.payment.stripe;

import com.stripe.StripeClient;
import com.stripe.exception.AuthenticationException;
import com.stripe.exception.CardException;
import com.stripe.exception.InvalidRequestException;
import com.stripe.exception.StripeException;
import io.journeyman.payment.gateway.Gateway.GatewayUnreachable;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Requests to Stripe, and what comes of them: an answer, a no, or nothing. No log line carries what was sent. */
final class StripeCalls {
    private static final Logger LOG = LoggerFactory.getLogger(StripeCalls.class);
    private static final Duration CONNECT = Duration.ofSeconds(3);

    /** Stripe's own advice is to wait long: an answer that is not waited for has to be asked for again. */
    private static final Duration ANSWER = Duration.ofSeconds(20);

    private StripeCalls() {}

    /** It repeats nothing by itself: that is the workflow engine's work. */
    static StripeClient client(StripeSettings settings) {
        var client = StripeClient.builder()
                .setApiKey(settings.apiKey())
                .setConnectTimeout((int) CONNECT.toMillis())
                .setReadTimeout((int) ANSWER.toMillis())
                .setMaxNetworkRetries(0);
        settings.apiBase().ifPresent(base -> client.setApiBase(base.toString()));
        return client.build();
    }

    interface Question<A> {
        A ask() throws StripeException;
    }

    /**
     * @throws Refused when Stripe said no: the request had no effect
     * @throws GatewayUnreachable when it did not answer, or not to us
     */
    static <A> A asked(Question<A> question) {
        try {
            return question.ask();
        } catch (CardException declined) {
            throw new Refused(StripeCodes.of(declined));
        } catch (InvalidRequestException refused) {
            LOG.warn("Stripe refused request {}: {}", refused.getRequestId(), refused.getCode());
            throw new Refused(Optional.ofNullable(refused.getCode()).orElse("refused"));
        } catch (AuthenticationException notAllowed) {
            LOG.error(
                    "Stripe does not accept STRIPE_API_KEY (status {}, request {}): payments stay unsettled until it does",
                    notAllowed.getStatusCode(),
                    notAllowed.getRequestId());
            throw new GatewayUnreachable();
        } catch (StripeException unanswered) {
            LOG.warn(
                    "Stripe did not answer: {} (status {}, request {})",
                    unanswered.getClass().getSimpleName(),
                    unanswered.getStatusCode(),
                    unanswered.getRequestId());
            throw new GatewayUnreachable();
        }
    }

    /** Stripe answered no. */
    static final class Refused extends RuntimeException {
        private final String code;

        Refused(String code) {
            super(code, null, false, false);
            this.code = code;
        }

        String code() {
            return code;
        }

        /** What was named is not in the account. */
        boolean isForUnknown() {
            return code.equals("resource_missing");
        }
    }
}
