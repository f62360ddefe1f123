package io.journeyman.api.conversation;

import io.journeyman.activities.agent.AgentClient;
import io.journeyman.activities.agent.Answer;
import io.journeyman.api.http.ProblemException;
import io.journeyman.api.http.ProblemMappers;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Payment.TokeniseMethod;
import io.journeyman.contracts.Payment.Tokenised;
import io.journeyman.contracts.PaymentToken;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.regex.Pattern;

/** Cards that the gateway's own form has sent to the gateway: the page gives us their name, the payment agent makes it a token. */
public final class GatewayMethods {
    private static final Pattern NAME = Pattern.compile("pm_[A-Za-z0-9_]{1,120}");

    private final AgentClient payment;

    public GatewayMethods(AgentClient payment) {
        this.payment = payment;
    }

    /** @throws ProblemException bad_request, method_refused, unavailable */
    public PaymentToken token(CustomerId customer, String name, String key) {
        if (!NAME.matcher(name).matches()) {
            throw ProblemException.of(400, "bad_request", "Give gatewayMethod as the gateway's form names it: pm_….");
        }
        String once = UUID.nameUUIDFromBytes((customer + "/" + key).getBytes(StandardCharsets.UTF_8))
                .toString();
        return switch (payment.change(
                "tokeniseMethod", "/method-tokens", once, new TokeniseMethod(customer, name), Tokenised.class)) {
            case Answer.Done<Tokenised> done -> done.value().token();
            case Answer.Refused<Tokenised> refused -> throw ProblemException.of(refused.problem());
            case Answer.Unavailable<Tokenised> _ -> throw ProblemMappers.unavailable("The payment service");
        };
    }
}
