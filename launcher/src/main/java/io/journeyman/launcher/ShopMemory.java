package io.journeyman.launcher;

import io.journeyman.contracts.ShopCurrency;
import io.journeyman.contracts.ShopPlace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a shop counts in, whose people read it, where it is, and what a delivery takes, kept in its data folder: said once, they hold for whatever runs on
 * that folder, until somebody says otherwise.
 */
record ShopMemory(Path file) {
    private static final List<String> SAID = List.of(
            ShopCurrency.CURRENCY,
            ShopCurrency.LOCALE,
            ShopPlace.COUNTRY,
            ShopPlace.TIME_ZONE,
            "JOURNEYMAN_DELIVERY_FEE",
            "JOURNEYMAN_DELIVERY_DAYS");

    /**
     * The environment with what it leaves out and the folder knows. This process, which counts in one currency, is told it, too.
     *
     * @throws CannotStart naming what is no currency, locale, country or time zone
     */
    Map<String, String> completed(Map<String, String> environment) {
        var complete = new HashMap<>(environment);
        var kept = kept();
        SAID.stream()
                .filter(name -> environment.getOrDefault(name, "").isBlank())
                .filter(kept::containsKey)
                .forEach(name -> {
                    complete.put(name, kept.get(name));
                    System.setProperty(name, kept.get(name));
                });
        try {
            ShopCurrency.of(complete);
            ShopPlace.of(complete);
        } catch (IllegalArgumentException e) {
            throw new CannotStart(e.getMessage() + ": mend that and start again.", e);
        }
        return Map.copyOf(complete);
    }

    /** The shop runs so. */
    void keep(Map<String, String> environment) {
        var said = SAID.stream()
                .filter(name -> !environment.getOrDefault(name, "").isBlank())
                .map(name -> name + "=" + environment.get(name).strip())
                .toList();
        try {
            if (!said.isEmpty()) {
                Files.write(file, said);
            }
        } catch (IOException e) {
            throw cannotUse(e);
        }
    }

    private Map<String, String> kept() {
        var kept = new HashMap<String, String>();
        try {
            for (String line : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
                var parts = line.split("=", 2);
                if (parts.length == 2) {
                    kept.put(parts[0].strip(), parts[1].strip());
                }
            }
        } catch (IOException e) {
            throw cannotUse(e);
        }
        return kept;
    }

    private CannotStart cannotUse(IOException e) {
        return new CannotStart(
                "%s cannot be read or written (%s): mend its permissions, or name another folder with --data."
                        .formatted(file, e.getMessage()),
                e);
    }
}
