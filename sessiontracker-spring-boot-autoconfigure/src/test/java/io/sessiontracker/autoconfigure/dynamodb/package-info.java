/** Tests of the DynamoDB store's configuration. */
@NullMarked
package io.sessiontracker.autoconfigure.dynamodb;

import org.jspecify.annotations.NullMarked;
