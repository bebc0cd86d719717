import { storeContract } from '../store-contract.ts'
import { openFile, openMemory } from './open-for-tests.ts'

storeContract('SQLite in a file', openFile)
storeContract('SQLite in memory', openMemory)
