package io.journeyman.api.conversation;

import io.journeyman.activities.agent.AgentClient;
import io.journeyman.activities.agent.Answer;
import io.journeyman.api.http.ProblemException;
import io.journeyman.api.http.ProblemMappers;
import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Payment.TokeniseVpa;
import io.journeyman.contracts.Payment.Tokenised;
import io.journeyman.contracts.PaymentToken;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * UPI addresses (VPAs), such as asha@okbank, on their way to the payment agent. They are personal: in a message they are masked before
 * anything is stored, and everyone behind the API sees a token. E-mail addresses, whose host has a dot, are none.
 */
public final class UpiAddresses {
    private static final String ADDRESS = "[A-Za-z0-9][A-Za-z0-9._-]{1,63}@[A-Za-z][A-Za-z0-9]{1,31}";
    private static final Pattern WHOLE = Pattern.compile(ADDRESS);
    private static final Pattern IN_TEXT =
            Pattern.compile("(?<![A-Za-z0-9._@-])" + ADDRESS + "(?![A-Za-z0-9@_-])(?!\\.[A-Za-z0-9])");
    private static final int SHOWN = 2;

    private final AgentClient payment;

    public UpiAddresses(AgentClient payment) {
        this.payment = payment;
    }

    /** A message without its addresses, and what stands for the one that it has. */
    record Said(String text, Optional<PaymentToken> token) {}

    /**
     * Without an answer of the payment agent the message is taken all the same, without a token: the reply says so.
     *
     * @param customer who says it; a guest's address is masked only
     * @param key of the message: the same one again has the same token
     */
    Said said(String text, Optional<CustomerId> customer, String key) {
        var found = IN_TEXT.matcher(text)
                .results()
                .map(hit -> hit.group())
                .distinct()
                .toList();
        if (found.isEmpty()) {
            return new Said(text, Optional.empty());
        }
        String masked = IN_TEXT.matcher(text).replaceAll(hit -> masked(hit.group()));
        return new Said(
                masked,
                customer.filter(anyone -> found.size() == 1
                                && masked.toLowerCase(Locale.ROOT).contains("upi"))
                        .flatMap(who ->
                                tokenise(who, found.getFirst(), key) instanceof Answer.Done<Tokenised>(Tokenised done)
                                        ? Optional.of(done.token())
                                        : Optional.empty()));
    }

    /** @throws ProblemException upi_address_invalid, upi_takes_rupees, upi_refused, unavailable */
    public PaymentToken token(CustomerId customer, String address, String key) {
        if (!WHOLE.matcher(address).matches()) {
            throw ProblemException.of(
                    422,
                    "upi_address_invalid",
                    "That is no UPI address; one looks like name@bank. Nothing was charged.");
        }
        return switch (tokenise(customer, address, key)) {
            case Answer.Done<Tokenised> done -> done.value().token();
            case Answer.Refused<Tokenised> refused -> throw ProblemException.of(refused.problem());
            case Answer.Unavailable<Tokenised> _ -> throw ProblemMappers.unavailable("The payment service");
        };
    }

    private Answer<Tokenised> tokenise(CustomerId customer, String address, String key) {
        String once = UUID.nameUUIDFromBytes((customer + "/" + key).getBytes(StandardCharsets.UTF_8))
                .toString();
        return payment.change("tokeniseVpa", "/vpa-tokens", once, new TokeniseVpa(customer, address), Tokenised.class);
    }

    private static String masked(String address) {
        return address.substring(0, SHOWN) + "…" + address.substring(address.indexOf('@'));
    }
}
