package io.journeyman.fulfillment.delivery;

import io.journeyman.contracts.Money;
import java.util.Optional;

/**
 * What it costs and takes to deliver somewhere.
 *
 * @param label what standard delivery is called
 * @param express empty where no express carrier goes
 */
record Way(String label, Tariff standard, Optional<Tariff> express) {
    static final String STANDARD = "Standard delivery";

    /** @param days working days after dispatch */
    record Tariff(Money fee, int days) {}

    static Way standard(Money fee, int days) {
        return new Way(STANDARD, new Tariff(fee, days), Optional.empty());
    }
}
