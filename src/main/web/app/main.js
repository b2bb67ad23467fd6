import { OwApp } from './ow-app.js';
import { Services } from './services.js';

const services = new Services();
await services.words.load();
const page = new OwApp();
page.app = services;
document.body.append(page);
services.start();
