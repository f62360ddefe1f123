package io.journeyman.bench.chaos;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/** Every card number that left a customer's hands, into the form or, though they should not, into the chat. */
final class CardsTyped {
    private final Set<String> numbers = ConcurrentHashMap.newKeySet();

    String typed(Card card) {
        numbers.add(card.number());
        return card.number();
    }

    /** A number of its own that passes the Luhn check (ISO/IEC 7812-1), grouped as on the card. */
    String spoken(RandomGenerator chance) {
        var digits = new StringBuilder("4");
        while (digits.length() < 15) {
            digits.append(chance.nextInt(10));
        }
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            int weighed = i % 2 == 0 ? 2 * digit : digit;
            sum += weighed > 9 ? weighed - 9 : weighed;
        }
        digits.append((10 - sum % 10) % 10);
        numbers.add(digits.toString());
        return digits.toString().replaceAll("(....)(?=.)", "$1 ");
    }

    Set<String> numbers() {
        return Set.copyOf(numbers);
    }
}
