/** An inventory service: counts the stock, reserves it for orders, and can be broken on purpose. */
@NullMarked
package dev.vitals.samples.inventory;

import org.jspecify.annotations.NullMarked;
