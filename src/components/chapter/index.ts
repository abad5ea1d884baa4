import '../../styles/chapter.css';
import Lab from '../Lab.astro';
import Card from './Card.astro';
import Cards from './Cards.astro';
import Covers from './Covers.astro';
import Figure from './Figure.astro';
import Manifest from './Manifest.astro';
import Note from './Note.astro';
import OftenSaid from './OftenSaid.astro';
import Quiz from './Quiz.astro';
import ReadOn from './ReadOn.astro';
import RealCluster from './RealCluster.astro';
import Tab from './Tab.astro';
import Tabs from './Tabs.astro';
import Term from './Term.astro';
import Terminal from './Terminal.astro';

/** What a chapter may use without importing it: `<Content components={chapterComponents} />`. */
export const chapterComponents: Readonly<Record<string, unknown>> = {
  Card,
  Cards,
  Covers,
  Figure,
  Lab,
  Manifest,
  Note,
  OftenSaid,
  Quiz,
  ReadOn,
  RealCluster,
  Tab,
  Tabs,
  Term,
  Terminal,
};
