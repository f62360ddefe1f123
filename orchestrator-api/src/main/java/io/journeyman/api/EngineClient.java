package io.journeyman.api;

import io.journeyman.api.codec.EncryptedPayloads;
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
final class EngineClient {
    private EngineClient() {}

    static WorkflowServiceStubs stubs(ApiConfig config) {
        return WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget(config.temporalAddress())
                .build());
    }

    static WorkflowClient client(ApiConfig config, WorkflowServiceStubs stubs) {
        return WorkflowClient.newInstance(
                stubs,
                WorkflowClientOptions.newBuilder()
                        .setNamespace(config.namespace())
                        .setDataConverter(new CodecDataConverter(
                                DefaultDataConverter.newDefaultInstance()
                                        .withPayloadConverterOverrides(new JacksonJsonPayloadConverter(Json.mapper())),
                                List.of(new EncryptedPayloads(config.payloadKeys())),
                                true))
                        .build());
    }
}
