package io.journeyman.launcher;

import io.journeyman.workflows.JourneyAttributes;
import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.api.operatorservice.v1.AddSearchAttributesRequest;
import io.temporal.api.operatorservice.v1.ListSearchAttributesRequest;
import io.temporal.common.SearchAttributeKey;
import io.temporal.serviceclient.OperatorServiceStubs;
import io.temporal.serviceclient.OperatorServiceStubsOptions;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** What staff can search journeys by (design §6). Registering them again changes nothing. */
final class SearchAttributes {
    static final String NAMESPACE = "default";
    private static final Map<String, IndexedValueType> ALL = JourneyAttributes.ALL.stream()
            .collect(Collectors.toMap(SearchAttributeKey::getName, SearchAttributeKey::getValueType));

    private SearchAttributes() {}

    static void register(String address) {
        var stubs = OperatorServiceStubs.newServiceStubs(
                OperatorServiceStubsOptions.newBuilder().setTarget(address).validateAndBuildWithDefaults());
        try {
            var operator = stubs.blockingStub().withDeadlineAfter(20, TimeUnit.SECONDS);
            var missing = new HashMap<>(ALL);
            missing.keySet()
                    .removeAll(operator.listSearchAttributes(ListSearchAttributesRequest.newBuilder()
                                    .setNamespace(NAMESPACE)
                                    .build())
                            .getCustomAttributesMap()
                            .keySet());
            if (!missing.isEmpty()) {
                operator.addSearchAttributes(AddSearchAttributesRequest.newBuilder()
                        .setNamespace(NAMESPACE)
                        .putAllSearchAttributes(missing)
                        .build());
            }
        } finally {
            stubs.shutdownNow();
            stubs.awaitTermination(1, TimeUnit.SECONDS);
        }
    }
}
