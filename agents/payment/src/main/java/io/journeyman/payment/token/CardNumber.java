package io.journeyman.payment.token;

import io.journeyman.contracts.Problem;
import io.journeyman.kit.ProblemException;
import java.util.Set;

/** A card number on its way to the gateway. It shows itself to nobody: not in a text, a log or a table. */
public final class CardNumber {
    /** The seed's four mock cards, and those for what else a gateway may do ({@code TestGateway} says which does what). */
    private static final Set<String> MOCK = Set.of(
            "4242", "1111", "2222", "3333", "4444", "5555", "6666", "7777", "8888", "2020", "3030", "4040", "5050",
            "6060", "9898");

    private final String digits;

    private CardNumber(String digits) {
        this.digits = digits;
    }

    /**
     * Reads 12 to 19 digits that pass the Luhn check (ISO/IEC 7812-1), or a mock card; spaces and dashes are passed over.
     *
     * @throws ProblemException card_number_invalid
     */
    public static CardNumber parse(String typed) {
        String digits = typed.replaceAll("[ -]", "");
        boolean card = digits.matches("[0-9]{12,19}") && (passesLuhn(digits) || isRepeatedMock(digits));
        if (!card && !MOCK.contains(digits)) {
            throw new ProblemException(Problem.of(
                    422,
                    "card_number_invalid",
                    "That card number has a mistake in it. Nothing was charged.",
                    "Check the digits and send it again.",
                    "Use another card."));
        }
        return new CardNumber(digits);
    }

    /** 1111 1111 1111 1111 and the like stand for the mock card that they repeat. */
    private static boolean isRepeatedMock(String digits) {
        return digits.length() == 16
                && MOCK.contains(digits.substring(0, 4))
                && digits.equals(digits.substring(0, 4).repeat(4));
    }

    private static boolean passesLuhn(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int doubled = i % 2 == 0 ? digit : digit * 2;
            sum += doubled > 9 ? doubled - 9 : doubled;
        }
        return sum % 10 == 0;
    }

    /** The mock card that this number is or repeats; anything else behaves like the first one. */
    public String mock() {
        return isMock() ? digits.substring(0, 4) : "4242";
    }

    public boolean isMock() {
        return isRepeatedMock(digits) || MOCK.contains(digits);
    }

    /** The digits themselves, for the gateway and nobody else. */
    public String revealed() {
        return digits;
    }

    public String last4() {
        return digits.substring(digits.length() - 4);
    }

    public String brand() {
        return switch (digits.charAt(0)) {
            case '4' -> "Visa";
            case '5', '2' -> "Mastercard";
            case '6' -> "RuPay";
            case '3' -> "American Express";
            default -> "Card";
        };
    }

    @Override
    public String toString() {
        return "CardNumber[…]";
    }
}
