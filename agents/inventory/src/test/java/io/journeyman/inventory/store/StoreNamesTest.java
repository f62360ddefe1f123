package io.journeyman.inventory.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.journeyman.contracts.Inventory.Store;
import io.journeyman.contracts.LocationId;
import io.journeyman.kit.ProblemException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoreNamesTest {
    private static final StoreNames NAMES = new StoreNames(List.of(
            store("BANDRA", "Bandra", "Mumbai", "9 Linking Road, Bandra West, Mumbai 400050"),
            store("MG-PUNE", "MG Road", "Pune", "4 MG Road, Camp, Pune 411001"),
            store("MG-BLR", "MG Road", "Bengaluru", "77 MG Road, Bengaluru 560001"),
            store("NAGAR", "T. Nagar", "Chennai", "128 Usman Road, T. Nagar, Chennai 600017")));

    @ParameterizedTest
    @CsvSource({
        "Bandra, BANDRA",
        "the bandra store, BANDRA",
        "your store in Mumbai, BANDRA",
        "the one on Linking Road, BANDRA",
        "t nagar, NAGAR",
        "MG Road, MG-PUNE MG-BLR",
        "'MG Road, Bengaluru', MG-BLR",
        "'Bandra, Mumbai', BANDRA"
    })
    void knowsAStoreByWhatCustomersCallIt(String said, String meant) {
        assertThat(NAMES.meant(said))
                .extracting(store -> store.storeId().value())
                .containsExactly(meant.split(" ", -1));
    }

    @ParameterizedTest
    @CsvSource({"Atlantis", "the store", "''"})
    void doesNotGuess(String said) {
        assertThatThrownBy(() -> NAMES.meant(said))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        refused -> assertThat(refused.problem().code()).isEqualTo("unknown_store"));
    }

    @Test
    void saysSoWhereThereIsNoStoreAtAll() {
        assertThatThrownBy(() -> new StoreNames(List.of()).meant("Bandra")).isInstanceOf(ProblemException.class);
    }

    private static Store store(String id, String name, String city, String address) {
        return new Store(new LocationId(id), name, city, address, Optional.empty());
    }
}
