import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Heap, type Timed } from './heap.ts'

test('items come out by time and then by arrival, whatever the order of pushes and pops', () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.integer({ max: 9, min: 0 }))), (steps) => {
      const heap = new Heap<Timed>()
      const model: Timed[] = []
      let order = 0
      for (const step of steps) {
        if (step === null) assert.equal(heap.pop(), model.shift())
        else {
          const item = { atMs: step, order: order++ }
          heap.push(item)
          model.push(item)
          model.sort((a, b) => a.atMs - b.atMs || a.order - b.order)
        }
        assert.equal(heap.size, model.length)
        assert.equal(heap.peek(), model[0])
      }
    }),
  )
})
