package io.journeyman.api;

import io.journeyman.api.codec.EncryptedPayloads;
import io.journeyman.api.codec.PayloadKeys;
import io.journeyman.contracts.Json;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.converter.CodecDataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.common.converter.JacksonJsonPayloadConverter;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.util.List;

/**
 * How the API and the worker speak to the engine: lazily connected, so that both start while the engine is away, and encrypting
 * all that it stores, messages of failures included.
 */
public final class EngineClient {
    private EngineClient() {}

    static WorkflowServiceStubs stubs(ApiConfig config) {
        return stubs(config.temporalAddress());
    }

    static WorkflowClient client(ApiConfig config, WorkflowServiceStubs stubs) {
        return client(config.namespace(), config.payloadKeys(), stubs);
    }

    /** @param address host:port */
    public static WorkflowServiceStubs stubs(String address) {
        return WorkflowServiceStubs.newServiceStubs(
                WorkflowServiceStubsOptions.newBuilder().setTarget(address).build());
    }

    public static WorkflowClient client(String namespace, PayloadKeys payloadKeys, WorkflowServiceStubs stubs) {
        return WorkflowClient.newInstance(
                stubs,
                WorkflowClientOptions.newBuilder()
                        .setNamespace(namespace)
                        .setDataConverter(new CodecDataConverter(
                                DefaultDataConverter.newDefaultInstance()
                                        .withPayloadConverterOverrides(new JacksonJsonPayloadConverter(Json.mapper())),
                                List.of(new EncryptedPayloads(payloadKeys)),
                                true))
                        .build());
    }
}
