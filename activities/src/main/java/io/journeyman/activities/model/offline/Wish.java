package io.journeyman.activities.model.offline;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What one sentence says.
 *
 * @param names words that may be part of a product's name: style words and words that the vocabulary does not know
 * @param content every word that may describe a product, colour and kind included
 * @param typed the same words as they were typed: a stove may be taken for a mistyped stole
 * @param unknown the words that the vocabulary does not know
 * @param numbers products or variants that are named by the shop's numbers; they are names too
 * @param store the store whose goods are asked for, as it was called
 * @param inStock whether only what is there now is asked for
 * @param introduced whether the customer says what they are called
 * @param definite whether it speaks of a certain thing: "the linen kurta"
 * @param ordinal the place in what was listed, counted from 1; -1 is the last
 */
record Wish(
        String text,
        Set<Act> acts,
        Facets facets,
        List<String> names,
        List<String> content,
        List<String> typed,
        List<String> unknown,
        List<String> numbers,
        Optional<String> store,
        boolean inStock,
        boolean introduced,
        boolean definite,
        Optional<Integer> ordinal,
        Optional<Integer> quantity,
        Optional<String> city,
        Optional<String> coupon,
        Optional<String> orderId,
        Optional<String> reservationId) {
    private static final Set<String> PAYING = Set.of("use", "using", "pay", "apply", "spend", "redeem", "with");
    private static final Set<String> ASKING = Set.of("how", "when", "until");
    private static final Set<String> COLLECTING = Set.of("collect", "pickup", "pick", "collecting");
    private static final Set<String> REFUSING = Set.of("without", "not", "dont", "no");

    Wish {
        acts = Set.copyOf(acts);
        names = List.copyOf(names);
        content = List.copyOf(content);
        typed = List.copyOf(typed);
        unknown = List.copyOf(unknown);
        numbers = List.copyOf(numbers);
    }

    /** Whether a word was taken for a mistyped one. */
    boolean corrected() {
        return !String.join(" ", typed).equals(String.join(" ", content));
    }

    /** "I'll pick it up", "checkout and collect in the Bandra store": bought now, and collected. */
    boolean collects() {
        return does(Act.collect) || (says(Act.reserve, COLLECTING) && does(Act.checkout, Act.buy));
    }

    /** "Use my store credit"; "until when can I use my store credit?" is no wish to spend it. */
    boolean paysWithCredit() {
        return says(Act.credit, PAYING) && !refusesCredit() && !says(Act.credit, ASKING);
    }

    /** "Without my store credit." */
    boolean refusesCredit() {
        return says(Act.credit, REFUSING);
    }

    private boolean says(Act act, Set<String> oneOf) {
        return does(act) && Interpreter.words(text).stream().anyMatch(oneOf::contains);
    }

    boolean does(Act... any) {
        for (Act act : any) {
            if (acts.contains(act)) {
                return true;
            }
        }
        return false;
    }

    /** Whether it says nothing but yes, or yes to what was asked with some words around it. */
    boolean agrees() {
        return does(Act.yes) && !does(Act.no);
    }

    /** "Any", "you choose": no preference, and nothing else is asked. */
    boolean leavesTheChoice() {
        return does(Act.any)
                && Set.of(Act.any, Act.add, Act.pronoun, Act.yes, Act.thanks).containsAll(acts);
    }

    boolean declines() {
        return does(Act.no);
    }
}
