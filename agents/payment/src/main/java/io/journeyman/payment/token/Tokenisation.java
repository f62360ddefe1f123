package io.journeyman.payment.token;

import io.journeyman.contracts.CustomerId;
import io.journeyman.contracts.Payment.Tokenise;
import io.journeyman.contracts.Payment.Tokenised;
import io.journeyman.contracts.PaymentToken;
import io.journeyman.contracts.Problem;
import io.journeyman.contracts.ShopCurrency;
import io.journeyman.kit.ProblemException;
import io.journeyman.payment.gateway.Gateway;
import io.journeyman.payment.gateway.Gateway.GatewayUnreachable;
import io.journeyman.payment.gateway.Gateway.MethodRefused;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/**
 * One-time sessions in which a customer's page turns one card into a token. A session's secret is derived from its id by a key of
 * the house, so that a repeated opening answers the same one although no table holds it.
 */
public final class Tokenisation {
    static final Duration OPEN = Duration.ofMinutes(10);
    static final int MOST_REFUSALS = 5;

    private static final DateTimeFormatter MONTH = DateTimeFormatter.ofPattern("MM/yy");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Jdbi jdbi;
    private final Gateway gateway;
    private final InstantSource clock;
    private final SecretKeySpec houseKey;

    public Tokenisation(Jdbi jdbi, Gateway gateway, InstantSource clock, String houseSecret) {
        this.jdbi = jdbi;
        this.gateway = gateway;
        this.clock = clock;
        this.houseKey = new SecretKeySpec(houseSecret.getBytes(StandardCharsets.UTF_8), "HmacSHA256");
    }

    /** A session as it may be stored: without its secret. */
    record Opened(String sessionId, Instant expiresAt) {}

    Opened open(Handle handle, CustomerId customer) {
        Instant now = clock.instant();
        var opened = new Opened("ts-" + random(18), now.plus(OPEN));
        handle.attach(TokenTable.class)
                .open(opened.sessionId(), customer, hash(secretOf(opened.sessionId())), now, opened.expiresAt());
        return opened;
    }

    /** What the page of the session presents. */
    String secretOf(String sessionId) {
        try {
            var mac = Mac.getInstance(houseKey.getAlgorithm());
            mac.init(houseKey);
            byte[] secret = mac.doFinal(("tokenisation-session/" + sessionId).getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC with SHA-256", e);
        }
    }

    /**
     * Uses the session up and vaults the card. Should the gateway fail or refuse it after that, the customer opens another card form.
     *
     * @throws ProblemException card_refused, gateway_unreachable, session_ended, card_number_invalid, card_expired; one of the last two leaves the session open, a few times
     */
    Tokenised tokenise(Tokenise request) {
        Instant now = clock.instant();
        Card card;
        try {
            card = new Card(
                    CardNumber.parse(request.cardNumber()),
                    request.expiry().map(text -> expiry(text, now)),
                    request.cvc());
        } catch (ProblemException refused) {
            boolean counted = jdbi.withExtension(
                    TokenTable.class,
                    table -> table.refuse(request.sessionId(), hash(request.secret()), now, MOST_REFUSALS));
            throw counted ? refused : ended();
        }
        CustomerId customer = jdbi.withExtension(
                        TokenTable.class,
                        table -> table.use(request.sessionId(), hash(request.secret()), now, MOST_REFUSALS))
                .orElseThrow(Tokenisation::ended);
        String reference = vaulted(card);
        var token = new PaymentToken("tok-" + random(18));
        jdbi.useExtension(
                TokenTable.class,
                table -> table.add(
                        token,
                        customer,
                        card.number().brand(),
                        card.number().last4(),
                        card.expiry().map(MONTH::format),
                        reference,
                        request.keep().orElse(false) && gateway.keepsCards(),
                        now));
        return new Tokenised(
                token,
                card.number().brand(),
                Optional.of(card.number().last4()),
                card.number().brand() + " ending " + card.number().last4());
    }

    /** A UPI address as the gateway knows it, and what may be shown of it. */
    record VaultedVpa(String reference, String masked) {}

    Tokenised keep(Handle handle, CustomerId customer, VaultedVpa vpa) {
        var token = new PaymentToken("tok-" + random(18));
        handle.attach(TokenTable.class).addUpi(token, customer, vpa.masked(), vpa.reference(), clock.instant());
        return new Tokenised(token, "UPI", Optional.empty(), "UPI " + vpa.masked());
    }

    /** @throws ProblemException upi_takes_rupees, upi_refused, gateway_unreachable */
    VaultedVpa vault(Vpa vpa) {
        if (!ShopCurrency.here().isRupee()) {
            throw new ProblemException(Problem.of(
                    422,
                    "upi_takes_rupees",
                    "UPI pays rupees only, and this shop counts in "
                            + ShopCurrency.here().code() + ". Nothing was charged.",
                    "Use a card, or pay cash on delivery."));
        }
        try {
            return new VaultedVpa(gateway.vault(vpa), vpa.masked());
        } catch (MethodRefused refused) {
            throw new ProblemException(Problem.of(
                    422,
                    "upi_refused",
                    "That UPI address cannot be used here. Nothing was charged.",
                    "Check the address.",
                    "Use a card, or pay cash on delivery."));
        } catch (GatewayUnreachable unreachable) {
            throw unreachable("The UPI address could not be handed on to the bank. Nothing was charged.");
        }
    }

    /** @throws ProblemException method_refused, gateway_unreachable */
    Gateway.Adopted adopt(String method) {
        try {
            return gateway.adopt(method);
        } catch (MethodRefused refused) {
            throw new ProblemException(Problem.of(
                    422,
                    "method_refused",
                    "The payment service does not know that card. Nothing was charged.",
                    "Open the card form again.",
                    "Use another card."));
        } catch (GatewayUnreachable unreachable) {
            throw unreachable("The bank does not answer. Nothing was charged.");
        }
    }

    /** It is not kept for the next time: whoever wants that says so in a form of the house. */
    Tokenised take(Handle handle, CustomerId customer, Gateway.Adopted card) {
        var token = new PaymentToken("tok-" + random(18));
        handle.attach(TokenTable.class)
                .add(
                        token,
                        customer,
                        card.brand(),
                        card.last4(),
                        card.expires().map(MONTH::format),
                        card.reference(),
                        false,
                        clock.instant());
        return new Tokenised(token, card.brand(), Optional.of(card.last4()), card.brand() + " ending " + card.last4());
    }

    /** Forgets sessions that ended a day ago. */
    public void sweep() {
        jdbi.useExtension(
                TokenTable.class, table -> table.forget(clock.instant().minus(Duration.ofDays(1))));
    }

    private String vaulted(Card card) {
        try {
            return gateway.vault(card);
        } catch (MethodRefused refused) {
            throw new ProblemException(Problem.of(
                    422,
                    "card_refused",
                    "That card cannot be used here. Nothing was charged.",
                    "Open the card form again and check the card.",
                    "Use another card."));
        } catch (GatewayUnreachable unreachable) {
            throw unreachable("The card could not be handed on to the bank. Nothing was charged.");
        }
    }

    private static ProblemException unreachable(String detail) {
        return new ProblemException(
                Problem.of(503, "gateway_unreachable", detail, "Open the card form again in a moment."));
    }

    private static YearMonth expiry(String text, Instant now) {
        String[] parts = text.replace(" ", "").split("/", 2);
        int year = Integer.parseInt(parts[1]);
        var end = YearMonth.of(year < 100 ? 2000 + year : year, Integer.parseInt(parts[0]));
        if (Card.isOver(end, now)) {
            throw new ProblemException(Problem.of(
                    422, "card_expired", "That card has expired. Nothing was charged.", "Use another card."));
        }
        return end;
    }

    private static ProblemException ended() {
        return new ProblemException(Problem.of(
                403,
                "session_ended",
                "This card form is over: it was used already, or too much time went by.",
                "Open the card form again."));
    }

    private static String random(int bytes) {
        var random = new byte[bytes];
        RANDOM.nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }

    private static String hash(String secret) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
