package io.journeyman.inventory.store;

import io.journeyman.contracts.Inventory.Store;
import io.journeyman.contracts.Problem;
import io.journeyman.kit.ProblemException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Jdbi;

/** The stores as customers name them: "Bandra", "your store in Mumbai", "the one on Linking Road". */
public record StoreNames(List<Store> stores) {
    private static final int MOST_NAMED = 6;

    /** What is said beside the name. */
    private static final Set<String> BESIDE = Set.of(
            "the",
            "your",
            "a",
            "in",
            "at",
            "of",
            "on",
            "near",
            "store",
            "stores",
            "shop",
            "outlet",
            "branch",
            "showroom",
            "one",
            "city");

    public static StoreNames of(Jdbi jdbi) {
        return new StoreNames(jdbi.withExtension(StoreTable.class, StoreTable::all));
    }

    /**
     * Those whose name is said; else those of a city that is said; else those whose name, city and address have all that is said. Of
     * several stores of one name the city decides, where it is said too.
     *
     * @throws ProblemException unknown_store when there is none
     */
    public List<Store> meant(String said) {
        List<String> words =
                words(said).stream().filter(word -> !BESIDE.contains(word)).toList();
        List<Predicate<Store>> ways = List.of(
                store -> says(words, store.name()) && says(words, store.city()),
                store -> says(words, store.name()),
                store -> says(words, store.city()),
                store -> !words.isEmpty()
                        && words(store.name() + " " + store.city() + " " + store.address())
                                .containsAll(words));
        return ways.stream()
                .map(way -> stores.stream().filter(way).toList())
                .filter(meant -> !meant.isEmpty())
                .findFirst()
                .orElseThrow(() -> unknown(said));
    }

    private ProblemException unknown(String said) {
        String some = stores.stream()
                .limit(MOST_NAMED)
                .map(store -> store.name() + " (" + store.city() + ")")
                .collect(Collectors.joining(", "));
        return new ProblemException(Problem.of(
                404,
                "unknown_store",
                "The shop has no store that is called or lies so: " + said.strip() + ".",
                some.isEmpty()
                        ? "There is no store at all; things can be sent."
                        : "There are these, for instance: " + some + "."));
    }

    private static boolean says(List<String> words, String name) {
        List<String> wanted =
                words(name).stream().filter(word -> !BESIDE.contains(word)).toList();
        return !wanted.isEmpty() && words.containsAll(wanted);
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+", -1))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
