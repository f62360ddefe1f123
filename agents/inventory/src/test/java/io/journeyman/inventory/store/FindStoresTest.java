package io.journeyman.inventory.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.journeyman.contracts.Inventory.FindStores;
import io.journeyman.contracts.Inventory.Store;
import io.journeyman.contracts.Inventory.Stores;
import io.journeyman.inventory.TestShop;
import io.journeyman.testing.ContractClient.Answer;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FindStoresTest {
    private static TestShop shop;

    @BeforeAll
    static void open() {
        shop = new TestShop();
    }

    @AfterAll
    static void close() {
        shop.close();
    }

    @Test
    void listsTheStoresAndNotTheWarehouse() {
        assertThat(shop.client().get("/stores").as(Stores.class).stores())
                .extracting(Store::storeId)
                .containsExactly(TestShop.FIRST_STORE, TestShop.SECOND_STORE);
    }

    @Test
    void putsTheNearestToAPositionFirst() {
        // Pune, 120 km from Mumbai and 735 km from Bengaluru
        Stores stores = find(new FindStores(Optional.empty(), Optional.of(18.5204), Optional.of(73.8567)))
                .as(Stores.class);

        assertThat(stores.stores()).extracting(Store::name).containsExactly("Bandra", "Indiranagar");
        assertThat(stores.stores().getFirst().distanceMetres().orElseThrow()).isBetween(120_000, 127_000);
        assertThat(stores.stores().getLast().distanceMetres().orElseThrow()).isBetween(730_000, 745_000);
    }

    @Test
    void putsTheNearestToACityOrStoreOfTheShopFirst() {
        Stores city = find(new FindStores(Optional.of("mumbai"), Optional.empty(), Optional.empty()))
                .as(Stores.class);
        Stores store = find(new FindStores(Optional.of(" Indiranagar "), Optional.empty(), Optional.empty()))
                .as(Stores.class);

        assertThat(city.stores()).extracting(Store::name).containsExactly("Bandra", "Indiranagar");
        assertThat(store.stores()).extracting(Store::name).containsExactly("Indiranagar", "Bandra");
        assertThat(store.stores().getFirst().distanceMetres()).contains(0);
    }

    @Test
    void saysSoWhenItDoesNotKnowThePlace() {
        Answer atlantis = find(new FindStores(Optional.of("Atlantis"), Optional.empty(), Optional.empty()));
        Answer half = find(new FindStores(Optional.empty(), Optional.of(12.0), Optional.empty()));
        Answer offTheGlobe = find(new FindStores(Optional.empty(), Optional.of(91.0), Optional.of(0.0)));

        assertThat(atlantis.problem().code()).isEqualTo("unknown_place");
        assertThat(half.problem().code()).isEqualTo("half_a_position");
        assertThat(offTheGlobe.problem().code()).isEqualTo("bad_request");
    }

    /** Great circles of known length: a quarter and half of the earth's, and a degree, by its mean radius of 6371.0088 km. */
    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, 0, 0",
        "0, 0, 0, 90, 10007557",
        "0, 0, 0, 180, 20015115",
        "90, 0, -90, 0, 20015115",
        "0, 0, 1, 0, 111195",
        "60, 10, 60, 11, 55597",
        "0, 179.5, 0, -179.5, 111195"
    })
    void measuresAlongTheGlobe(double lat1, double lon1, double lat2, double lon2, int metres) {
        int measured = shop.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT metres_between(?, ?, ?, ?)")
                        .bind(0, lat1)
                        .bind(1, lon1)
                        .bind(2, lat2)
                        .bind(3, lon2)
                        .mapTo(Integer.class)
                        .one());

        assertThat(measured).isBetween(metres - 2, metres + 2);
    }

    private static Answer find(FindStores question) {
        return shop.client().post("/stores/near", question);
    }
}
